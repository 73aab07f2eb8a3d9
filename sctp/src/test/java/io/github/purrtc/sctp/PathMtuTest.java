package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.CookieAckChunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.HeartbeatAckChunk;
import io.github.purrtc.sctp.packet.HeartbeatChunk;
import io.github.purrtc.sctp.packet.HeartbeatInfoParameter;
import io.github.purrtc.sctp.packet.InitAckChunk;
import io.github.purrtc.sctp.packet.InitChunk;
import io.github.purrtc.sctp.packet.PadChunk;
import io.github.purrtc.sctp.packet.Parameter;
import io.github.purrtc.sctp.packet.ReConfigChunk;
import io.github.purrtc.sctp.packet.StateCookieParameter;
import io.github.purrtc.sctp.packet.SupportedExtensionsParameter;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** C132: RFC 8899, over a path that drops what is too long for it and tells nobody. */
class PathMtuTest {
    private static final int BASE = 1_160;
    private static final int MINUTE = 60;

    private final List<Integer> probes = new ArrayList<>();
    private int pathMtu = Integer.MAX_VALUE;

    private static SctpOptions.Builder upTo(int maxPacketSize) {
        return Peer.options().maxPacketSize(maxPacketSize);
    }

    private static Ladder connected(int maxPacketSize) {
        return Ladder.connected(upTo(maxPacketSize).build());
    }

    /** Carries packets to and fro until there are no more; time stands still. */
    private void exchange(Ladder ladder) {
        boolean more = true;
        while (more) {
            more = carry(ladder.a, ladder.z);
            more |= carry(ladder.z, ladder.a);
        }
    }

    private boolean carry(Peer from, Peer to) {
        List<ByteBuffer> arriving = new ArrayList<>();
        boolean any = false;
        for (ByteBuffer packet = from.next(); packet != null; packet = from.next()) {
            any = true;
            if (from.association.wroteProbe()) {
                probes.add(packet.remaining());
            }
            if (packet.remaining() <= pathMtu) {
                arriving.add(packet);
            }
        }
        to.receive(arriving);
        return any;
    }

    private void run(Ladder ladder, long seconds) {
        for (long step = 0; step < 10 * seconds; step++) {
            exchange(ladder);
            ladder.a.elapse(Peer.SECOND / 10);
            ladder.z.elapse(Peer.SECOND / 10);
        }
        exchange(ladder);
    }

    private void sendAndRun(Ladder ladder, int bytes, long seconds) {
        ladder.a.send(1, new byte[bytes], SctpSendOptions.RELIABLE_ORDERED);
        run(ladder, seconds);
    }

    private static int mtu(Peer peer) {
        return peer.association.metrics().pathMtu();
    }

    private static List<String> names(List<ByteBuffer> packets) {
        return packets.stream().map(Peer::names).toList();
    }

    private static List<Integer> sizes(List<ByteBuffer> packets) {
        return packets.stream().map(ByteBuffer::remaining).toList();
    }

    @Test
    @DisplayName("C132 a path that carries all: the usual sizes, then the largest, each probed once")
    void findsTheMost() {
        Ladder ladder = connected(16_384);
        assertEquals(BASE, mtu(ladder.a));
        ladder.a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
        exchange(ladder);
        assertEquals(List.of(1_412, 8_912, 16_384), probes);
        assertEquals(16_384, mtu(ladder.a));
        assertEquals(BASE, mtu(ladder.z));
        // Only now does anything larger go out.
        ladder.a.send(1, new byte[60_000], SctpSendOptions.RELIABLE_ORDERED);
        // As many whole chunks as the congestion window has room for.
        assertEquals(12 + 10 * 1_148, ladder.a.next().remaining());
    }

    @Test
    @DisplayName("a probe is a HEARTBEAT and a PAD, as long as what is tried, and alone; its answer is short")
    void probesWithPadding() {
        Ladder ladder = connected(1_412);
        ladder.a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
        // A -> DATA -> Z
        assertEquals("Data", Peer.names(ladder.a.next()));
        assertFalse(ladder.a.association.wroteProbe());
        // A -> HEARTBEAT PAD -> Z
        ByteBuffer probe = ladder.a.next();
        assertEquals("Heartbeat Pad", Peer.names(probe));
        assertEquals(1_412, probe.remaining());
        assertTrue(ladder.a.association.wroteProbe());
        assertNull(ladder.a.next());
        assertFalse(ladder.a.association.wroteProbe());
        // A <- HEARTBEAT ACK <- Z
        ladder.z.receive(probe);
        ByteBuffer answer = ladder.z.next();
        assertEquals("HeartbeatAck", Peer.names(answer));
        assertEquals(28, answer.remaining());
        ladder.a.receive(answer);
        assertEquals(1_412, mtu(ladder.a));
        assertTrue(Peer.chunks(probe).get(1) instanceof PadChunk);
    }

    @Test
    @DisplayName(
            "where PAD is not announced several HEARTBEATs are as long as what is tried, each answered in a small packet")
    void fillsProbesWithHeartbeatsForPeersWithoutPad() {
        for (int size = 1_164; size <= 1_412; size += 4) {
            Peer a = new Peer(1, upTo(size).build());
            int tag = connect(a, SupportedExtensionsParameter.of(ForwardTsnChunk.TYPE, ReConfigChunk.TYPE));
            a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
            assertEquals("Data", Peer.names(a.next()));
            // A -> HEARTBEAT HEARTBEAT... -> Z
            ByteBuffer probe = a.next();
            assertTrue(a.association.wroteProbe());
            assertEquals(size, probe.remaining());
            List<Chunk> chunks = Peer.chunks(probe);
            assertTrue(chunks.size() > 2, chunks::toString);
            assertTrue(chunks.stream().allMatch(chunk -> chunk.length() <= 512), chunks::toString);
            // A <- HEARTBEAT ACK of the last, which counts for nothing, then of the first <- Z
            HeartbeatChunk last = (HeartbeatChunk) chunks.get(chunks.size() - 1);
            a.receive(tag, new HeartbeatAckChunk(last.parameters()));
            assertEquals(BASE, mtu(a));
            a.receive(tag, new HeartbeatAckChunk(((HeartbeatChunk) chunks.get(0)).parameters()));
            assertEquals(size, mtu(a));
        }
    }

    /** With a Z made by hand. Returns the tag of what A takes. */
    private static int connect(Peer a, Parameter announced) {
        a.association.connect(a.now);
        int tag = Peer.first(InitChunk.class, a.next()).initiateTag();
        Parameter cookie = new StateCookieParameter(Bytes.utf8("cookie"));
        a.receive(tag, new InitAckChunk(9, 100_000, 65_535, 65_535, 1_000, List.of(cookie, announced)));
        assertEquals("CookieEcho", Peer.names(a.next()));
        a.receive(tag, new CookieAckChunk());
        return tag;
    }

    @Test
    @DisplayName("PAD is announced by both sides (RFC 5061 §4.2.7)")
    void announcesPad() {
        Ladder ladder = new Ladder();
        ladder.a.association.connect(ladder.a.now);
        ByteBuffer init = ladder.a.next();
        ladder.z.receive(init);
        assertTrue(
                Capabilities.of(Peer.first(InitChunk.class, init).parameters()).padding());
        assertTrue(
                Capabilities.of(Peer.first(InitAckChunk.class, ladder.z.next()).parameters())
                        .padding());
    }

    @Test
    @DisplayName("no probe where none is wanted: without room above the base size, with small packets, when idle")
    void probesOnDemand() {
        Ladder off = Ladder.connected();
        sendAndRun(off, 100_000, 5);
        Ladder small = connected(16_384);
        for (int i = 0; i < 100; i++) {
            sendAndRun(small, 500, 1);
        }
        Ladder idle = connected(16_384);
        run(idle, 20 * MINUTE);
        assertEquals(List.of(), probes);
    }

    @Test
    @DisplayName("a lost probe is sent three times, a second apart, and is no sign of congestion or of a dead peer")
    void losesProbesHarmlessly() {
        Ladder ladder =
                Ladder.connected(upTo(1_412).associationMaxRetransmits(0).build());
        pathMtu = 1_200;
        long before = ladder.a.now;
        SctpMetrics metrics = ladder.a.association.metrics();
        sendAndRun(ladder, 1_000, 0);
        assertEquals(List.of(1_412), probes);
        // A -> HEARTBEAT PAD /lost/ Z, of this size three times, then of smaller ones
        run(ladder, 20);
        assertEquals(List.of(1_412, 1_412, 1_412, 1_284, 1_284, 1_284, 1_220, 1_220, 1_220), probes);
        assertEquals(BASE, mtu(ladder.a));
        assertEquals(0, ladder.a.association.metrics().lostChunks());
        assertEquals(metrics.cwnd(), ladder.a.association.metrics().cwnd());
        assertEquals(metrics.ssthresh(), ladder.a.association.metrics().ssthresh());
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertTrue(ladder.a.now - before > 9 * Peer.SECOND);
    }

    @Test
    @DisplayName("after T3-rtx what is given up is told, and new data sent, and no probe before that has got through")
    void probesOnceSomethingGotThrough() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        // A -> DATA /lost/ Z, and A gives it up
        ladder.a.send(1, new byte[1_000], new SctpSendOptions(false, 0, -1));
        ladder.a.all();
        for (int timeouts = 1; timeouts <= 3; timeouts++) {
            ladder.a.send(1, new byte[1_000], new SctpSendOptions(false, 0, -1));
            ladder.a.elapse();
            // A -> FORWARD TSN, DATA /lost/ Z
            assertEquals(List.of("ForwardTsn Data"), names(ladder.a.all()));
            assertEquals(timeouts, ladder.a.association.metrics().timeouts());
        }
        ladder.a.send(1, new byte[1_000], new SctpSendOptions(false, 0, -1));
        ladder.a.elapse();
        // A -> FORWARD TSN, DATA -> Z; A <- SACK <- Z; A -> HEARTBEAT PAD -> Z
        ladder.z.receive(ladder.a.all());
        ladder.a.receive(ladder.z.all());
        assertEquals(List.of("Heartbeat Pad"), names(ladder.a.all()));
    }

    @Test
    @DisplayName("what T3-rtx sends again goes before a probe, which might take its place in a short queue")
    void probesBehindWhatIsDueAgain() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        assertEquals(1_412, mtu(ladder.a));
        // A -> DATA DATA /lost/ Z
        ladder.a.send(1, new byte[2_000], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> sent = ladder.a.all();
        while (ladder.a.association.metrics().timeouts() == 0) {
            ladder.a.elapse();
            sent = ladder.a.all();
        }
        // A -> DATA -> Z; A <- SACK <- Z; A -> DATA, HEARTBEAT PAD -> Z
        assertEquals(List.of("Data"), names(sent));
        ladder.z.receive(sent);
        ladder.z.elapse(Peer.SECOND / 10);
        ladder.a.receive(ladder.z.all());
        assertEquals(List.of("Data", "Heartbeat Pad"), names(ladder.a.all()));
    }

    @Test
    @DisplayName(
            "small chunks that were lost twice in a packet larger than the base size go out in smaller ones, though all others arrive")
    void sendsInSmallPacketsWhatIsLostTwice() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        pathMtu = BASE;
        for (int i = 0; i < 5; i++) {
            ladder.a.send(1, new byte[250], SctpSendOptions.RELIABLE_ORDERED);
        }
        // A -> DATA DATA DATA DATA DATA /lost/ Z, again and again, while one DATA after the other arrives
        for (int i = 0; i < 20; i++) {
            ladder.a.send(2, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
            exchange(ladder);
            ladder.a.elapse(5 * Peer.MILLI);
            ladder.z.elapse(5 * Peer.MILLI);
        }
        ladder.z.elapse(Peer.SECOND / 10);
        exchange(ladder);
        assertEquals(0, ladder.a.association.metrics().timeouts());
        assertEquals(1_412, mtu(ladder.a));
        assertEquals(0, ladder.a.association.metrics().bufferedBytes());
    }

    @Test
    @DisplayName("paths of any MTU: what is found gets through, and is within a sixteenth of what would")
    void findsWhatThePathCarries() {
        for (int mtu = BASE; mtu <= 17_000; mtu += 127) {
            pathMtu = mtu;
            probes.clear();
            Ladder ladder = connected(16_384);
            sendAndRun(ladder, 1_000, 45);
            int found = mtu(ladder.a);
            int best = Math.min(mtu, 16_384);
            assertTrue(found <= mtu && best - found <= found / 16 + 4, "found " + found + " of " + mtu);
            assertTrue(probes.size() <= 30, () -> "probes " + probes);
            int sent = probes.size();
            sendAndRun(ladder, 100_000, 5);
            assertEquals(sent, probes.size(), "nothing more is probed when the search is over");
            assertEquals(101_000, ladder.z.association.metrics().userBytesReceived());
            assertEquals(0, ladder.a.association.metrics().lostChunks());
        }
    }

    @Test
    @DisplayName("only the answer to the probe under way counts: neither a forged one nor a late one does")
    void ignoresWrongAnswers() {
        Ladder ladder = connected(1_412);
        int tag = RetransmissionTest.zToATag(ladder);
        ladder.a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.receive(ladder.a.next());
        HeartbeatChunk first = Peer.first(HeartbeatChunk.class, ladder.a.next());
        byte[] nonce =
                ((HeartbeatInfoParameter) first.parameters().get(0)).info().toArray();
        nonce[0] ^= 1;
        ladder.a.receive(tag, new HeartbeatAckChunk(List.of(new HeartbeatInfoParameter(Bytes.copyOf(nonce)))));
        ladder.a.receive(tag, new HeartbeatAckChunk(List.of()));
        assertEquals(BASE, mtu(ladder.a));
        ladder.a.elapse(2 * Peer.SECOND);
        // A -> HEARTBEAT PAD -> Z again, with another nonce
        HeartbeatChunk second = ladder.a.all().stream()
                .filter(packet -> packet.remaining() == 1_412)
                .map(packet -> Peer.first(HeartbeatChunk.class, packet))
                .findAny()
                .orElseThrow();
        ladder.a.receive(tag, new HeartbeatAckChunk(first.parameters()));
        assertEquals(BASE, mtu(ladder.a));
        ladder.a.receive(tag, new HeartbeatAckChunk(second.parameters()));
        assertEquals(1_412, mtu(ladder.a));
    }

    @Test
    @DisplayName(
            "a path that begins to swallow large packets: what is under way gets through in small ones after one timeout")
    void leavesABlackHole() {
        Ladder ladder = connected(16_384);
        sendAndRun(ladder, 1_000, 1);
        assertEquals(16_384, mtu(ladder.a));
        pathMtu = BASE;
        ladder.a.send(1, new byte[1_000_000], SctpSendOptions.RELIABLE_ORDERED);
        run(ladder, 5);
        assertEquals(1_001_000, ladder.z.association.metrics().userBytesReceived());
        assertEquals(1, ladder.a.association.metrics().timeouts());
        assertEquals(BASE, mtu(ladder.a));
        // RFC 8899 §4.3: later on it stays there.
        sendAndRun(ladder, 1_000_000, 60);
        assertEquals(2_001_000, ladder.z.association.metrics().userBytesReceived());
        assertEquals(1, ladder.a.association.metrics().timeouts());
    }

    @Test
    @DisplayName("a timeout of another cause: small packets until one probe has shown that large ones get through")
    void returnsFromSuspicion() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        ladder.a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
        // A -> DATA /lost/ Z
        ladder.a.next();
        probes.clear();
        ladder.a.elapse();
        assertEquals(BASE, mtu(ladder.a));
        // A -> DATA -> Z; A <- SACK <- Z; A -> HEARTBEAT PAD -> Z
        run(ladder, 1);
        assertEquals(List.of(1_412), probes);
        assertEquals(1_412, mtu(ladder.a));
    }

    @Test
    @DisplayName("a black hole for messages that are never sent again, while small ones arrive and no timer expires")
    void noticesLossesOfUnreliableData() {
        Ladder ladder = connected(16_384);
        sendAndRun(ladder, 1_000, 0);
        pathMtu = BASE;
        SctpSendOptions once = new SctpSendOptions(true, 0, -1);
        for (int i = 0; i < 100; i++) {
            for (int j = 0; j < 5; j++) {
                ladder.a.send(1, new byte[250], once);
            }
            exchange(ladder);
            ladder.a.send(1, new byte[10], once);
            exchange(ladder);
        }
        assertEquals(0, ladder.a.association.metrics().timeouts());
        assertEquals(BASE, mtu(ladder.a));
        assertTrue(ladder.z.association.metrics().userBytesReceived() > 100_000);
    }

    @Test
    @DisplayName("a wider path is found when data is sent ten minutes after the last search, and not before")
    void raises() {
        Ladder ladder = connected(1_412);
        pathMtu = 1_200;
        sendAndRun(ladder, 1_000, 20);
        pathMtu = 1_500;
        probes.clear();
        for (int minute = 0; minute < 9; minute++) {
            sendAndRun(ladder, 1_000, MINUTE);
        }
        assertEquals(List.of(), probes);
        run(ladder, 2 * MINUTE);
        assertEquals(List.of(), probes);
        sendAndRun(ladder, 1_000, 1);
        assertEquals(List.of(1_412), probes);
        assertEquals(1_412, mtu(ladder.a));
    }

    @Test
    @DisplayName(
            "after ten minutes what was found is confirmed first; if it no longer gets through, the search goes below it")
    void confirms() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 11 * MINUTE);
        pathMtu = 1_300;
        probes.clear();
        // Alone in its packet it would not notice.
        sendAndRun(ladder, 1_000, 20);
        assertEquals(List.of(1_412, 1_412, 1_412, 1_284, 1_348, 1_348, 1_348), probes);
        assertEquals(1_284, mtu(ladder.a));
    }

    @Test
    @DisplayName("another path: what was found counts no longer, and is found anew")
    void beginsAnewOnAnotherPath() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        ladder.a.association.onPathChange();
        assertEquals(BASE, mtu(ladder.a));
        sendAndRun(ladder, 1_000, 1);
        assertEquals(1_412, mtu(ladder.a));
        new Peer(3).association.onPathChange();
    }

    @Test
    @DisplayName("an association that ends probes no more")
    void doesNotProbeInShutdown() {
        Ladder ladder = connected(1_412);
        pathMtu = BASE;
        ladder.a.send(1, new byte[1_000], SctpSendOptions.RELIABLE_ORDERED);
        // A -> DATA /lost/ Z
        assertEquals("Data", Peer.names(ladder.a.next()));
        ladder.a.association.shutdown(ladder.a.now);
        run(ladder, 10);
        assertEquals(SctpState.CLOSED, ladder.a.association.state());
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        assertEquals(List.of(), probes);
    }

    @Test
    @DisplayName(
            "the end of a large packet is not worth a chunk: bulk data stays in packets of one chunk, small messages fill it")
    void fillsLargePackets() {
        Ladder ladder = connected(1_412);
        sendAndRun(ladder, 1_000, 1);
        ladder.a.send(1, new byte[5_000], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        assertEquals(List.of(BASE, BASE, BASE, BASE), sizes(packets.subList(0, 4)));
        ladder.z.receive(packets);
        exchange(ladder);
        for (int i = 0; i < 40; i++) {
            ladder.a.send(1, new byte[84], SctpSendOptions.RELIABLE_ORDERED);
        }
        ByteBuffer packet = ladder.a.next();
        assertEquals(12 + 14 * 100, packet.remaining());
        for (Chunk chunk : Peer.chunks(packet)) {
            assertTrue(chunk instanceof DataChunk);
        }
    }
}
