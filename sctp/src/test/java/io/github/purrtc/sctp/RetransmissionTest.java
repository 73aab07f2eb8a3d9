package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RetransmissionTest {
    private static final int PAYLOAD = 1160 - 12 - 16;

    @Test
    @DisplayName("C112, C113 T3-rtx: the packet again, the window collapsed, the timeout doubled")
    void retransmitsOnTimeout() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "lost");
        ByteBuffer first = ladder.a.next();
        long deadline = ladder.a.association.nextTimeout();
        // The handshake took no time; 220 ms are for the delay of the SACK.
        assertEquals(ladder.a.now + 220 * Peer.MILLI, deadline);
        ladder.a.elapse();
        ByteBuffer second = ladder.a.next();
        assertEquals(first, second);
        assertEquals(ladder.a.now + 440 * Peer.MILLI, ladder.a.association.nextTimeout());
        assertEquals(PAYLOAD, ladder.a.association.metrics().cwnd());
        assertEquals(5L * PAYLOAD, ladder.a.association.metrics().ssthresh());
        ladder.z.receive(second);
        ladder.exchange();
        assertEquals(List.of("lost"), ladder.z.texts());
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
    }

    @Test
    @DisplayName("C113 after T3-rtx one packet, not the whole window")
    void retransmitsOnePacketFirst() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(8, ladder.a.all().size());
        ladder.a.elapse();
        assertEquals(1, ladder.a.all().size());
        ladder.run(Peer.SECOND);
        assertEquals(1, ladder.z.messages().size());
    }

    @Test
    @DisplayName("C114 a peer that never answers is given up after 10 retransmissions")
    void givesUp() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "lost");
        ladder.a.next();
        int retransmissions = 0;
        while (ladder.a.association.state() == SctpState.ESTABLISHED) {
            ladder.a.elapse();
            for (ByteBuffer packet : ladder.a.all()) {
                retransmissions += Peer.names(packet).contains("Data") ? 1 : 0;
            }
        }
        assertEquals(10, retransmissions);
        SctpEvent.Aborted aborted = (SctpEvent.Aborted) ladder.a.events().get(0);
        assertEquals(AbortOrigin.TOO_MANY_RETRIES, aborted.origin());
        assertEquals(Long.MAX_VALUE, ladder.a.association.nextTimeout());
    }

    @Test
    @DisplayName("C121, C122 three missing reports: one retransmission at once, one cut of the window")
    void retransmitsFast() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        ByteBuffer lost = packets.get(1);
        ladder.z.receive(packets.get(0));
        ladder.a.receive(ladder.z.all());
        for (int i = 2; i < 5; i++) {
            ladder.z.receive(packets.get(i));
            assertNull(ladder.a.next());
            ladder.a.receive(ladder.z.all());
        }
        assertEquals(lost.getInt(16), ladder.a.next().getInt(16));
        assertNull(ladder.a.next());
        assertEquals(1, ladder.a.association.metrics().fastRecoveries());
        for (int i = 5; i < 8; i++) {
            ladder.z.receive(packets.get(i));
            ladder.a.receive(ladder.z.all());
        }
        assertNull(ladder.a.next());
        ladder.z.receive(lost);
        ladder.exchange();
        assertEquals(1, ladder.z.messages().size());
        assertEquals(1, ladder.a.association.metrics().fastRecoveries());
        assertEquals(0, ladder.a.association.metrics().timeouts());
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
    }

    @Test
    @DisplayName("C94 no more than the window in flight")
    void keepsToTheWindow() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(10, ladder.a.all().size());
        assertEquals(10L * PAYLOAD, ladder.a.association.metrics().inFlightBytes());
    }

    @Test
    @DisplayName("C107 no more than Max.Burst packets of new data at one occasion, where that is set")
    void keepsToTheBurst() {
        Ladder ladder =
                Ladder.connected(SctpOptions.builder().maxBurstPackets(4).build());
        ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> first = ladder.a.all();
        assertEquals(4, first.size());
        // A -> 4 DATA -> Z, A <- SACK <- Z
        ladder.z.receive(first);
        ladder.a.receive(ladder.z.all());
        List<ByteBuffer> second = ladder.a.all();
        assertEquals(4, second.size());
        // A /lost/ -> 4 DATA, and the timer goes out
        ladder.a.elapse(ladder.a.association.nextTimeout() - ladder.a.now);
        assertEquals(1, ladder.a.all().size());
        ladder.run(2000 * Peer.MILLI);
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
    }

    @Test
    @DisplayName("C119 slow start doubles the window, though one SACK answers a burst")
    void slowStart() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.receive(ladder.a.all());
        ladder.a.receive(ladder.z.all());
        assertEquals(20L * PAYLOAD, ladder.a.association.metrics().cwnd());
        assertEquals(20, ladder.a.all().size());
    }

    @Test
    @DisplayName(
            "C97, C98, C99 a SACK that is old, or acknowledges what was never sent, or makes no sense, changes nothing")
    void ignoresUnsoundSacks() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[8 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        int tag = zToATag(ladder);
        int tsn = Peer.first(DataChunk.class, packets.get(0)).tsn();
        ladder.a.receive(tag, new SackChunk(tsn, 5000));
        SctpMetrics before = ladder.a.association.metrics();
        assertEquals(7L * PAYLOAD, before.inFlightBytes());
        List<SackChunk> unsound = List.of(
                new SackChunk(tsn - 1, 100_000),
                new SackChunk(tsn + 8, 100_000),
                new SackChunk(tsn + 100_000, 100_000),
                new SackChunk(tsn, 100_000, new int[] {3, 2}, new int[0]),
                new SackChunk(tsn, 100_000, new int[] {0, 2}, new int[0]),
                new SackChunk(tsn, 100_000, new int[] {2, 3, 3, 4}, new int[0]),
                new SackChunk(tsn, 100_000, new int[] {4, 5, 2, 2}, new int[0]),
                new SackChunk(tsn, 100_000, new int[] {2, 8}, new int[0]),
                new SackChunk(tsn, 100_000, new int[] {2, 65_535}, new int[0]));
        for (SackChunk sack : unsound) {
            ladder.a.receive(tag, sack);
            assertEquals(before.inFlightBytes(), ladder.a.association.metrics().inFlightBytes(), sack::toString);
            assertEquals(before.peerWindow(), ladder.a.association.metrics().peerWindow(), sack::toString);
            assertEquals(7L * PAYLOAD, ladder.a.association.bufferedAmount(1), sack::toString);
        }
        ladder.z.receive(packets);
        ladder.run(Peer.SECOND);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C101 what a peer forgets after it reported it is sent again")
    void survivesReneging() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[4 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        int tag = zToATag(ladder);
        int tsn = Peer.first(DataChunk.class, packets.get(0)).tsn();
        // A <- SACK: all but the first -- Z
        ladder.a.receive(tag, new SackChunk(tsn - 1, 100_000, new int[] {2, 4}, new int[0]));
        assertEquals(PAYLOAD, ladder.a.association.bufferedAmount(1));
        // A <- SACK: only the first -- Z
        ladder.a.receive(tag, new SackChunk(tsn, 100_000));
        assertEquals(3L * PAYLOAD, ladder.a.association.bufferedAmount(1));
        assertEquals(3L * PAYLOAD, ladder.a.association.metrics().inFlightBytes());
        ladder.z.receive(packets.get(0));
        ladder.z.all();
        ladder.run(5 * Peer.SECOND);
        assertEquals(1, ladder.z.messages().size());
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("what an overtaken SACK does not know of yet was not forgotten")
    void takesNothingBackForAnOvertakenSack() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[6 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        int tag = zToATag(ladder);
        int tsn = Peer.first(DataChunk.class, packets.get(0)).tsn();
        ladder.a.receive(tag, new SackChunk(tsn - 1, 100_000, new int[] {2, 3, 5, 6}, new int[0]));
        assertEquals(2L * PAYLOAD, ladder.a.association.metrics().inFlightBytes());
        // A <- SACK: what there was before -- Z
        ladder.a.receive(tag, new SackChunk(tsn - 1, 100_000, new int[] {2, 2, 5, 5}, new int[0]));
        assertEquals(2L * PAYLOAD, ladder.a.association.metrics().inFlightBytes());
        assertEquals(2L * PAYLOAD, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("C123 after a while without data the window has shrunk")
    void decaysWhenIdle() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 6; i++) {
            ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
            ladder.exchange();
            ladder.z.messages();
        }
        long cwnd = ladder.a.association.metrics().cwnd();
        assertTrue(cwnd > 40L * PAYLOAD);
        ladder.a.now += 20 * Peer.SECOND;
        ladder.a.send(1, new byte[100 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(4, ladder.a.all().size());
    }

    /** The tag Z writes to A under. */
    static int zToATag(Ladder ladder) {
        ladder.z.send(9, "to learn the tag");
        ByteBuffer packet = ladder.z.next();
        ladder.a.receive(packet);
        ladder.z.receive(ladder.a.all());
        ladder.a.messages();
        return Peer.verificationTag(packet);
    }
}
