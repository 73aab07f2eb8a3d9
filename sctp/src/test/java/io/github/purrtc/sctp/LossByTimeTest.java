package io.github.purrtc.sctp;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RACK and the tail loss probe (RFC 8985), and the timeout that was spurious (RFC 5682), on a path of 40 ms. */
class LossByTimeTest {
    private static final int PAYLOAD = 1160 - 12 - 16;
    private static final long ONE_WAY = 20 * Peer.MILLI;
    private static final long ROUND_TRIP = 2 * ONE_WAY;

    private final Ladder ladder = Ladder.connected(
            Peer.options().heartbeatIntervalNanos(0).maxPacketSize(1160).build());
    private final Peer a = ladder.a;
    private final Peer z = ladder.z;

    /** Some round trips, after which A knows how long one takes. */
    @BeforeEach
    void measure() {
        for (int i = 0; i < 30; i++) {
            answer(sendPackets(4));
            z.messages();
        }
        assertTrue(a.association.metrics().srttNanos() > 30 * Peer.MILLI);
    }

    @Test
    @DisplayName("one report and a quarter of a round trip are enough to send again")
    void oneReportAndTime() {
        List<ByteBuffer> packets = sendPackets(4);
        // A -> /lost/ 0, 1 .. 3 -> Z, A <- SACK <- Z
        answer(packets.subList(1, 4));
        assertNull(a.next());
        a.elapse(ROUND_TRIP / 4 - 1);
        assertNull(a.next());
        a.elapse(1);
        ByteBuffer again = a.next();
        assertEquals(tsn(packets.get(0)), tsn(again));
        assertEquals(1, a.association.metrics().fastRecoveries());
        answer(List.of(again));
        assertEquals(0, a.association.metrics().bufferedBytes());
        assertEquals(0, a.association.metrics().timeouts());
    }

    @Test
    @DisplayName("a retransmission that is lost is found by what was sent after it, without a timeout")
    void findsALostRetransmission() {
        List<ByteBuffer> packets = sendPackets(4);
        answer(packets.subList(1, 4));
        a.elapse(ROUND_TRIP / 4);
        // A -> 0, again -> /lost/
        assertEquals(tsn(packets.get(0)), tsn(a.next()));
        a.elapse(Peer.MILLI);
        List<ByteBuffer> later = sendPackets(2);
        answer(later);
        a.elapse(ROUND_TRIP / 4);
        ByteBuffer again = a.next();
        assertNotNull(again);
        assertEquals(tsn(packets.get(0)), tsn(again));
        assertEquals(0, a.association.metrics().timeouts());
    }

    @Test
    @DisplayName("where packets overtake each other, three reports are no loss, only time is")
    void waitsWherePacketsOvertake() {
        List<ByteBuffer> first = sendPackets(4);
        // A -> 1 .. 3, 0 -> Z
        answer(first.subList(1, 4));
        z.receive(first.get(0));
        pass(5 * Peer.MILLI);
        a.receive(z.all());
        a.elapse(2 * ROUND_TRIP);
        long lost = a.association.metrics().lostChunks();
        List<ByteBuffer> packets = sendPackets(5);
        answerEach(packets.subList(1, 5));
        assertEquals(lost, a.association.metrics().lostChunks());
        a.elapse(ROUND_TRIP);
        assertEquals(lost + 1, a.association.metrics().lostChunks());
    }

    @Test
    @DisplayName("each duplicate that the peer reports lets it wait a quarter of a round trip longer")
    void duplicatesWidenTheWindow() {
        List<ByteBuffer> first = sendPackets(4);
        answer(first.subList(1, 4));
        a.elapse(ROUND_TRIP / 4);
        // A -> 0, again; both arrive
        ByteBuffer again = a.next();
        answer(List.of(first.get(0)));
        answer(List.of(again));
        List<ByteBuffer> packets = sendPackets(4);
        answer(packets.subList(1, 4));
        a.elapse(ROUND_TRIP / 4 + Peer.MILLI);
        assertNull(a.next());
        a.elapse(ROUND_TRIP / 4);
        assertEquals(tsn(packets.get(0)), tsn(a.next()));
    }

    @Test
    @DisplayName("a path that doubles packets does not let it wait longer")
    void duplicatesOfThePathTellNothing() {
        for (int i = 0; i < 3; i++) {
            List<ByteBuffer> packets = sendPackets(4);
            answer(packets);
            answer(packets);
        }
        List<ByteBuffer> packets = sendPackets(4);
        answer(packets.subList(1, 4));
        a.elapse(ROUND_TRIP / 4);
        assertEquals(tsn(packets.get(0)), tsn(a.next()));
    }

    @Test
    @DisplayName(
            "what was overtaken by more than three packets is sent again in vain once; from then on reports do not count")
    void learnsOfReorderingByWhatWasSentInVain() {
        List<ByteBuffer> first = sendPackets(5);
        answerEach(first.subList(1, 5));
        ByteBuffer again = a.next();
        assertEquals(tsn(first.get(0)), tsn(again));
        z.receive(first.get(0));
        pass(5 * Peer.MILLI);
        a.receive(z.all());
        answer(List.of(again));
        long lost = a.association.metrics().lostChunks();
        List<ByteBuffer> packets = sendPackets(5);
        answerEach(packets.subList(1, 5));
        assertEquals(lost, a.association.metrics().lostChunks());
        assertNull(a.next());
    }

    @Test
    @DisplayName("the end of a flight is lost: a probe after two round trips, no timeout, one cut")
    void probesTheTail() {
        long cwnd = a.association.metrics().cwnd();
        List<ByteBuffer> packets = sendPackets(4);
        answer(packets.subList(0, 2));
        long asked = a.association.nextTimeout() - a.now;
        assertTrue(asked < a.association.metrics().rtoNanos() - Peer.MILLI, () -> "probes after " + asked);
        a.elapse();
        ByteBuffer probe = a.next();
        assertEquals(tsn(packets.get(3)), tsn(probe));
        assertNull(a.next());
        // A -> probe -> Z, A <- SACK with a gap <- Z
        answer(List.of(probe));
        a.elapse(ROUND_TRIP / 4);
        ByteBuffer rest = a.next();
        assertEquals(tsn(packets.get(2)), tsn(rest));
        answer(List.of(rest));
        assertEquals(0, a.association.metrics().bufferedBytes());
        assertEquals(0, a.association.metrics().timeouts());
        assertEquals(1, a.association.metrics().fastRecoveries());
        assertTrue(a.association.metrics().cwnd() < cwnd);
    }

    @Test
    @DisplayName("the probe finds that only the SACK was lost: no cut")
    void aProbeThatWasNotNeeded() {
        long cwnd = a.association.metrics().cwnd();
        List<ByteBuffer> packets = sendPackets(4);
        pass(ONE_WAY);
        z.receive(packets);
        // A /lost/ <- SACK <- Z
        assertEquals(1, z.all().size());
        a.elapse();
        ByteBuffer probe = a.next();
        assertEquals(tsn(packets.get(3)), tsn(probe));
        answer(List.of(probe));
        assertEquals(0, a.association.metrics().bufferedBytes());
        assertEquals(0, a.association.metrics().fastRecoveries());
        assertTrue(a.association.metrics().cwnd() >= cwnd);
    }

    @Test
    @DisplayName("what may not be sent again is not probed with")
    void doesNotProbeWithWhatIsExhausted() {
        a.send(1, new byte[3 * PAYLOAD], new SctpSendOptions(false, 0, -1));
        a.all();
        a.elapse();
        assertNull(a.next());
        assertEquals(0, a.association.metrics().timeouts());
    }

    @Test
    @DisplayName(
            "the path halts for a second and then delivers all: the timeout is undone, and nothing goes twice but what went already")
    void undoesASpuriousTimeout() {
        long cwnd = a.association.metrics().cwnd();
        List<ByteBuffer> packets = sendPackets(8);
        while (a.association.metrics().timeouts() == 0) {
            a.elapse();
            a.all();
        }
        assertEquals(PAYLOAD, a.association.metrics().cwnd());
        long repeated = a.association.metrics().retransmissions();
        z.now = a.now;
        for (ByteBuffer packet : packets.subList(0, 4)) {
            z.receive(packet);
            a.receive(z.all());
        }
        assertEquals(4L * PAYLOAD, a.association.metrics().inFlightBytes());
        assertTrue(a.association.metrics().cwnd() >= cwnd);
        assertNull(a.next());
        answer(packets.subList(4, 8));
        assertEquals(0, a.association.metrics().bufferedBytes());
        assertEquals(repeated, a.association.metrics().retransmissions());
    }

    private List<ByteBuffer> sendPackets(int count) {
        a.send(1, new byte[count * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = a.all();
        assertEquals(count, packets.size());
        return packets;
    }

    /** The packets arrive at Z as a burst, and what Z says arrives at A, a round trip after now. */
    private void answer(List<ByteBuffer> packets) {
        pass(ONE_WAY);
        z.receive(packets);
        List<ByteBuffer> answers = z.all();
        pass(ONE_WAY);
        a.receive(answers);
    }

    /** The same, with a SACK for each. */
    private void answerEach(List<ByteBuffer> packets) {
        pass(ONE_WAY);
        List<ByteBuffer> reports = new ArrayList<>();
        for (ByteBuffer packet : packets) {
            z.receive(packet);
            reports.addAll(z.all());
        }
        assertEquals(packets.size(), reports.size());
        pass(ONE_WAY);
        reports.forEach(a::receive);
    }

    /** Both clocks go on; no timer of A is to be due. */
    private void pass(long nanos) {
        assertTrue(a.association.nextTimeout() > a.now + nanos, "a timer of A goes off");
        a.now += nanos;
        z.now = a.now;
        z.association.onTimeout(z.now);
    }

    private static int tsn(ByteBuffer packet) {
        return packet.getInt(packet.position() + 16);
    }
}
