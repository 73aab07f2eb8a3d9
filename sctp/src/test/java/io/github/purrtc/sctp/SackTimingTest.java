package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.SackChunk;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** SACKs are few at a high rate, and prompt where somebody may wait for them. */
class SackTimingTest {
    private static final int PAYLOAD = 1160 - 12 - 16;
    private static final long SPACING = Peer.MILLI / 10;
    private static final int STEADY = 1_000;

    private final Ladder ladder = new Ladder(
            Peer.options().initialWindowPackets(100).rtoMinNanos(Peer.SECOND).build());

    @Test
    @DisplayName(
            "a packet each 0.1 ms, 20 ms of round trip: one SACK for twelve, and what comes last waits for 2.5 ms at most")
    void thinsAtAHighRate() {
        steady();
        assertEquals(83, sacksFor(83 * 12));
        sendsWithoutAnswer();
        assertEquals(ladder.z.now + 2_500_000, ladder.z.association.nextTimeout());
        ladder.z.elapse();
        assertEquals("Sack", Peer.names(ladder.z.next()));
    }

    @Test
    @DisplayName("C71 a peer that may count SACKs gets one for every second packet, at any rate")
    void doesNotThinForOthers() {
        ladder.a.association.connect(ladder.a.now);
        ladder.z.association.expectRoundTrip(20 * Peer.MILLI);
        ladder.z.receive(withoutPad(ladder.a.next()));
        ladder.exchange();
        assertEquals(SctpState.ESTABLISHED, ladder.z.association.state());
        sacksFor(STEADY);
        assertEquals(500, sacksFor(1_000));
    }

    @Test
    @DisplayName("C71 at a low rate every second packet is acknowledged")
    void doesNotThinAtALowRate() {
        connect();
        int sacks = 0;
        for (int i = 0; i < 100; i++) {
            sacks += sacksFor(1);
            elapse(Peer.MILLI);
        }
        assertTrue(sacks >= 50, () -> "after 100 packets");
    }

    @Test
    @DisplayName(
            "C72 at a high rate: a hole is reported three times at once, then as often as else; what fills it at once")
    void reportsHolesThreeTimes() {
        steady();
        List<ByteBuffer> lost = packet();
        for (int i = 0; i < 3; i++) {
            ladder.z.receive(packet());
            assertEquals(1, ladder.z.all().size(), "report " + i);
        }
        int more = 0;
        for (int i = 0; i < 50; i++) {
            ladder.z.receive(packet());
            more += ladder.z.all().size();
        }
        assertEquals(4, more);
        ladder.z.receive(lost);
        assertEquals(1, ladder.z.all().size());
    }

    @Test
    @DisplayName("C72 at a high rate: a duplicate and the I bit are answered at once")
    void answersAtOnce() {
        steady();
        List<ByteBuffer> packet = packet();
        ladder.z.receive(packet);
        assertEquals(0, sacks());
        ladder.z.receive(packet);
        assertEquals(1, sacks());
        ByteBuffer plain = packet().get(0);
        DataChunk data = Peer.first(DataChunk.class, plain);
        DataChunk asking = withFlags(data, data.flags() | DataFlags.IMMEDIATE);
        ladder.z.receive(Peer.verificationTag(plain), asking);
        assertEquals(1, sacks());
    }

    @Test
    @DisplayName("at a low rate the end of a message of three packets is acknowledged at once, whoever sent it")
    void acknowledgesTheEndOfAMessage() {
        connect();
        sacksFor(1);
        ladder.a.send(1, new byte[3 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        ladder.z.receive(packets.subList(0, 2));
        assertEquals(1, sacks());
        ByteBuffer last = packets.get(2);
        DataChunk data = Peer.first(DataChunk.class, last);
        DataChunk silent = withFlags(data, data.flags() & ~DataFlags.IMMEDIATE);
        ladder.z.receive(Peer.verificationTag(last), silent);
        assertEquals(1, sacks());
    }

    @Test
    @DisplayName(
            "RFC 7053: the end of a message of several packets asks for a SACK when nothing follows it, a lone packet does not")
    void asksAtTheEndOfAMessage() {
        connect();
        ladder.a.send(1, new byte[3 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(List.of(false, false, true), asking(ladder.a.all()));
        ladder.a.send(1, new byte[2 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, new byte[PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(List.of(false, false, false), asking(ladder.a.all()));
    }

    @Test
    @DisplayName("RFC 7053: a full window asks for a SACK, but no more than eight times in a window")
    void asksWhenTheWindowIsFull() {
        connect();
        ladder.a.send(1, new byte[1_000 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> window = ladder.a.all();
        List<Boolean> first = asking(window);
        assertEquals(window.size() - 1, first.indexOf(true));
        List<Boolean> next = new ArrayList<>();
        for (ByteBuffer packet : window) {
            ladder.z.receive(packet);
            ladder.a.receive(ladder.z.all());
            next.addAll(asking(ladder.a.all()));
        }
        assertTrue(next.size() >= window.size());
        long asks = next.stream().filter(Boolean::booleanValue).count();
        assertTrue(asks > 1 && asks <= 8 * next.size() / window.size() + 1, asks + " in " + next.size() + " packets");
    }

    @Test
    @DisplayName("RFC 7053: who sends few packets for a SACK asks for each")
    void asksWhereBurstsAreLimited() {
        Ladder limited = Ladder.connected(Peer.options().maxBurstPackets(4).build());
        limited.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(List.of(true, true, true, true), asking(limited.a.all()));
    }

    @Test
    @DisplayName("at a high rate the window is told of before a quarter of it is used up")
    void tellsOfTheWindow() {
        Ladder narrow = new Ladder(
                Peer.options().initialWindowPackets(100).build(),
                Peer.options().receiveWindow(40_000).build());
        narrow.z.association.expectRoundTrip(20 * Peer.MILLI);
        narrow.connect();
        int packets = 0;
        int answers = 0;
        for (int i = 0; i < 2_000; i++) {
            narrow.a.send(1, new byte[PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
            narrow.z.receive(narrow.a.all());
            narrow.z.messages();
            List<ByteBuffer> sacks = narrow.z.all();
            narrow.a.receive(sacks);
            packets += i < STEADY ? 0 : 1;
            answers += i < STEADY ? 0 : sacks.size();
            narrow.a.elapse(SPACING);
            narrow.z.elapse(SPACING);
        }
        assertTrue(packets / answers <= 9, packets + " packets, " + answers + " SACKs");
    }

    @Test
    @DisplayName(
            "while Z's own data times out its SACKs behind holes are 200 ms apart, and then one for each packet again")
    void yieldsToRetransmissions() {
        connect();
        sacksFor(2);
        ladder.z.send(1, "lost");
        // A /lost/ <- DATA <- Z, the tail loss probe as well
        ladder.z.all();
        ladder.z.elapse(300 * Peer.MILLI);
        ladder.z.all();
        ladder.z.elapse(Peer.SECOND);
        List<ByteBuffer> retransmission = ladder.z.all();
        ladder.a.now = ladder.z.now;
        ladder.a.send(1, new byte[90 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        // In 0.7 s four alone, and one with a tail loss probe.
        assertEquals(5, sacksFor(packets.subList(1, 71)));
        ladder.a.receive(retransmission);
        ladder.z.receive(ladder.a.all());
        assertEquals(19, sacksFor(packets.subList(71, 90)));
    }

    /** A packet each 10 ms. */
    private int sacksFor(List<ByteBuffer> packets) {
        int sacks = 0;
        for (ByteBuffer packet : packets) {
            ladder.z.receive(packet);
            sacks += ladder.z.all().size();
            ladder.z.elapse(10 * Peer.MILLI);
            sacks += ladder.z.all().size();
        }
        return sacks;
    }

    private void connect() {
        ladder.z.association.expectRoundTrip(20 * Peer.MILLI);
        ladder.connect();
    }

    /** A packet each 0.1 ms for five round trips. */
    private void steady() {
        connect();
        sacksFor(STEADY);
        // The next SACK is as far away as can be.
        while (sacksFor(1) == 0) {
            assertTrue(ladder.z.association.nextTimeout() < Long.MAX_VALUE);
        }
        ladder.z.messages();
    }

    private List<ByteBuffer> packet() {
        ladder.a.send(1, new byte[PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        assertEquals(1, packets.size());
        return packets;
    }

    private void sendsWithoutAnswer() {
        ladder.z.receive(packet());
        assertNull(ladder.z.next());
    }

    /** How many packets Z has to send, which are SACKs, and which A gets. */
    private int sacks() {
        List<ByteBuffer> packets = ladder.z.all();
        packets.forEach(packet -> Peer.first(SackChunk.class, packet.duplicate()));
        ladder.a.receive(packets);
        return packets.size();
    }

    private int sacksFor(int packets) {
        int sacks = 0;
        for (int i = 0; i < packets; i++) {
            ladder.z.receive(packet());
            sacks += sacks();
            elapse(SPACING);
            sacks += sacks();
        }
        ladder.z.messages();
        return sacks;
    }

    private void elapse(long nanos) {
        ladder.a.elapse(nanos);
        ladder.z.elapse(nanos);
    }

    private static List<Boolean> asking(List<ByteBuffer> packets) {
        List<Boolean> asking = new ArrayList<>();
        for (ByteBuffer packet : packets) {
            asking.add((Peer.first(DataChunk.class, packet).flags() & DataFlags.IMMEDIATE) != 0);
        }
        return asking;
    }

    /** The INIT of a peer that does not know PAD, as all others are. */
    private ByteBuffer withoutPad(ByteBuffer packet) {
        InitChunk init = Peer.first(InitChunk.class, packet);
        List<Parameter> parameters = new ArrayList<>();
        for (Parameter parameter : init.parameters()) {
            parameters.add(
                    parameter instanceof SupportedExtensionsParameter ? SupportedExtensionsParameter.of() : parameter);
        }
        return ladder.a.packet(
                0,
                new InitChunk(
                        init.initiateTag(),
                        init.aRwnd(),
                        init.outboundStreams(),
                        init.inboundStreams(),
                        init.initialTsn(),
                        parameters));
    }

    private static DataChunk withFlags(DataChunk data, int flags) {
        return new DataChunk(
                flags,
                data.tsn(),
                data.streamId(),
                data.ssn(),
                data.ppid(),
                data.buffer(),
                data.payloadOffset(),
                data.payloadLength());
    }
}
