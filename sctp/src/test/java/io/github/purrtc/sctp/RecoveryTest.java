package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What is lost, late or refused is made good: windows, timers and measurements on the way. */
class RecoveryTest {
    private static final int PAYLOAD = 1160 - 12 - 16;
    private static final SctpOptions WITHOUT_HEARTBEATS =
            Peer.options().heartbeatIntervalNanos(0).build();

    @Test
    @DisplayName("C88 a full window takes what fills a gap, and drops what is beyond")
    void aFullWindowTakesWhatFillsAGap() {
        SctpOptions options = Peer.options().receiveWindow(20_000).build();
        Ladder ladder = Ladder.connected(options);
        int tag = tagOfZ(ladder);
        int tsn = nextTsnOfA(ladder);
        int number = 1;
        // A -> DATA -> Z, the first one missing, until nothing more is taken
        long held = -1;
        while (ladder.z.association.metrics().heldBytes() > held) {
            held = ladder.z.association.metrics().heldBytes();
            ladder.z.receive(tag, data(tsn + number, 1, number));
            number++;
        }
        assertTrue(held > 15_000 && held < 30_000, "held: " + held);
        SackChunk full = lastSack(ladder.z);
        assertEquals(0, full.aRwnd());
        assertEquals(tsn - 1, full.cumulativeTsnAck());
        ladder.z.receive(tag, data(tsn, 1, 0));
        SackChunk filled = lastSack(ladder.z);
        assertEquals(tsn + number - 2, filled.cumulativeTsnAck());
        assertEquals(number - 1, ladder.z.messages().size());
    }

    @Test
    @DisplayName("C96 hours with a closed window: probed, and the association stays up as long as the peer answers")
    void aClosedWindowIsNoFailure() {
        SctpOptions small = Peer.options().receiveWindow(20_000).build();
        Ladder ladder = new Ladder(Peer.DEFAULTS, small).connect();
        for (int i = 0; i < 100; i++) {
            ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED);
        }
        // Z does not read for two hours.
        long until = ladder.a.now + 7_200 * Peer.SECOND;
        int probes = 0;
        while (ladder.a.now < until) {
            ladder.exchange();
            probes++;
            step(ladder);
        }
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertTrue(probes < 2_000, "a probe each " + 7_200 / probes + " s");
        int read = 0;
        for (int i = 0; i < 1_000 && read < 100; i++) {
            read += ladder.z.messages().size();
            ladder.exchange();
            step(ladder);
        }
        assertEquals(100, read);
    }

    @Test
    @DisplayName("C96 a closed window and no answer any more: given up like any other silent peer")
    void aClosedWindowAndNoAnswerIsAFailure() {
        SctpOptions small = Peer.options().receiveWindow(20_000).build();
        Ladder ladder = new Ladder(Peer.DEFAULTS, small).connect();
        for (int i = 0; i < 100; i++) {
            ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED);
        }
        ladder.run(5 * Peer.SECOND);
        int expirations = 0;
        while (ladder.a.association.state() == SctpState.ESTABLISHED) {
            ladder.a.elapse();
            ladder.a.all();
            assertTrue(++expirations < 30, "it never gives up");
        }
    }

    @Test
    @DisplayName("C102 what is due again goes before what is new")
    void retransmissionsComeFirst() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[5 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        int first = Peer.first(DataChunk.class, ladder.a.all().get(0)).tsn();
        ladder.a.send(2, "new");
        ladder.a.all();
        ladder.a.send(3, "newer");
        ladder.a.elapse();
        ByteBuffer packet = ladder.a.next();
        assertEquals(first, Peer.first(DataChunk.class, packet).tsn());
    }

    @Test
    @DisplayName("C111 a round trip is not measured by what was sent twice (Karn)")
    void doesNotMeasureRetransmissions() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        ladder.a.send(1, "lost");
        ladder.a.all();
        ladder.a.elapse();
        ladder.z.receive(ladder.a.all());
        ladder.a.now += 7 * Peer.MILLI;
        ladder.a.receive(ladder.z.all());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
        assertEquals(0, ladder.a.association.metrics().srttNanos());
        ladder.z.elapse(Peer.SECOND);
        ladder.a.send(1, "not lost");
        ladder.z.receive(ladder.a.all());
        ladder.a.now += 7 * Peer.MILLI;
        ladder.z.elapse(100 * Peer.MILLI);
        ladder.a.receive(ladder.z.all());
        // §6.3.1 C3: an eighth counts beside the handshake's round trip of 0.
        assertEquals(7 * Peer.MILLI / 8, ladder.a.association.metrics().srttNanos());
    }

    @Test
    @DisplayName("C112 T3-rtx runs from the oldest: it starts anew when that is acknowledged, and stops with the last")
    void t3RunsWithTheOldest() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.run(100 * Peer.MILLI);
        ladder.a.send(1, new byte[3 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        int tsn = Peer.first(DataChunk.class, ladder.a.all().get(0)).tsn();
        long armed = ladder.a.association.nextTimeout();
        ladder.a.now += 10 * Peer.MILLI;
        // A <- SACK: the last one, in a gap -- Z: the oldest is as old as before
        ladder.a.receive(tag, new SackChunk(tsn - 1, 100_000, new int[] {3, 3}, new int[0]));
        assertEquals(armed, untilT3(ladder.a));
        ladder.a.all();
        // A <- SACK: the first -- Z
        ladder.a.now += 10 * Peer.MILLI;
        ladder.a.receive(tag, new SackChunk(tsn, 100_000, new int[] {2, 2}, new int[0]));
        assertEquals(ladder.a.now + ladder.a.association.metrics().rtoNanos(), untilT3(ladder.a));
        // A <- SACK: all -- Z
        ladder.a.receive(tag, new SackChunk(tsn + 2, 100_000));
        assertEquals(Long.MAX_VALUE, ladder.a.association.nextTimeout());
    }

    /** When T3-rtx expires; what is due before that is not sent. */
    private static long untilT3(Peer peer) {
        long timeouts = peer.association.metrics().timeouts();
        while (peer.association.metrics().timeouts() == timeouts) {
            peer.elapse();
        }
        return peer.now;
    }

    @Test
    @DisplayName("C114 the last retransmission is answered: the counter is cleared, and the association goes on")
    void recoversAtTheLastMoment() {
        Ladder ladder = Ladder.connected(WITHOUT_HEARTBEATS);
        for (int round = 0; round < 3; round++) {
            ladder.a.send(1, "round " + round);
            ladder.a.all();
            List<ByteBuffer> last = List.of();
            for (int i = 0; i < 10; i++) {
                ladder.a.elapse();
                last = ladder.a.all();
            }
            ladder.z.now = ladder.a.now;
            ladder.z.receive(last);
            ladder.z.elapse(100 * Peer.MILLI);
            ladder.a.receive(ladder.z.all());
            assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
            assertEquals(List.of("round " + round), ladder.z.texts());
        }
    }

    @Test
    @DisplayName("C116 an hour passes at once, as after a suspended machine: nobody is given up for it")
    void survivesAJumpOfTime() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.all();
        ladder.a.now += 3_600 * Peer.SECOND;
        ladder.z.now += 3_600 * Peer.SECOND;
        ladder.a.association.onTimeout(ladder.a.now);
        ladder.z.association.onTimeout(ladder.z.now);
        assertTrue(ladder.a.association.nextTimeout() > ladder.a.now);
        ladder.run(5 * Peer.SECOND);
        assertEquals(1, ladder.z.messages().size());
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertEquals(SctpState.ESTABLISHED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C117 a lost retransmission costs one timeout, however much is behind it")
    void recoversALostRetransmission() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        // A -> DATA -> /lost/
        for (int i = 1; i < packets.size(); i++) {
            ladder.z.receive(packets.get(i));
            ladder.a.receive(ladder.z.all());
        }
        // A -> DATA, again -> /lost/
        assertEquals(1, ladder.a.association.metrics().fastRecoveries());
        assertEquals("Data", Peer.names(ladder.a.next()));
        assertNull(ladder.a.next());
        ladder.a.elapse();
        ladder.exchange();
        assertEquals(1, ladder.z.messages().size());
        assertEquals(1, ladder.a.association.metrics().timeouts());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C126 a SACK split into many grows the window by the bytes, not by the SACKs")
    void splitSacksGainNothing() {
        assertEquals(cwndAfter(1), cwndAfter(8));
    }

    /** The window after eight packets are acknowledged by so many SACKs. */
    private static long cwndAfter(int sacks) {
        Ladder ladder = Ladder.connected(Peer.options().initialWindowPackets(8).build());
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        int tsn = Peer.first(DataChunk.class, ladder.a.all().get(0)).tsn();
        for (int i = 1; i <= sacks; i++) {
            ladder.a.receive(tag, new SackChunk(tsn - 1 + 8 * i / sacks, 1_000_000));
        }
        return ladder.a.association.metrics().cwnd();
    }

    /** Moves both clocks to whichever timer is first. */
    private static void step(Ladder ladder) {
        long next = Math.min(ladder.a.association.nextTimeout(), ladder.z.association.nextTimeout());
        long now = Math.max(next, ladder.a.now);
        for (Peer peer : List.of(ladder.a, ladder.z)) {
            peer.now = now;
            peer.association.onTimeout(now);
        }
    }

    /** The tag that A writes to Z under. */
    private static int tagOfZ(Ladder ladder) {
        ladder.a.send(9, "to learn the tag");
        ByteBuffer packet = ladder.a.next();
        ladder.z.receive(packet);
        ladder.exchange();
        ladder.z.messages();
        return Peer.verificationTag(packet);
    }

    private static int nextTsnOfA(Ladder ladder) {
        ladder.a.send(9, "to learn the TSN");
        ByteBuffer packet = ladder.a.next();
        ladder.z.receive(packet);
        ladder.run(100 * Peer.MILLI);
        ladder.z.messages();
        return Peer.first(DataChunk.class, packet).tsn() + 1;
    }

    private static Chunk data(int tsn, int stream, int ssn) {
        byte[] payload = new byte[1000];
        return new DataChunk(3, tsn, stream, ssn, 51, ByteBuffer.wrap(payload), 0, payload.length);
    }

    private static SackChunk lastSack(Peer peer) {
        List<ByteBuffer> packets = peer.all();
        return Peer.first(SackChunk.class, packets.get(packets.size() - 1));
    }
}
