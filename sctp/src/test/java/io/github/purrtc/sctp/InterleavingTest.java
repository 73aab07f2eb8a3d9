package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.ForwardTsnChunk;
import io.github.purrtc.sctp.packet.IDataChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk;
import io.github.purrtc.sctp.packet.IForwardTsnChunk.SkippedMessage;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8260: I-DATA and I-FORWARD-TSN. */
class InterleavingTest {
    private static final int B = DataFlags.BEGINNING;
    private static final int E = DataFlags.END;
    private static final int U = DataFlags.UNORDERED;
    private static final SctpOptions ON = SctpOptions.defaults();
    private static final SctpOptions OFF = Peer.DEFAULTS;
    /** What fits in a packet: 16 bytes of chunk header for DATA, 20 for I-DATA. */
    private static final int PAYLOAD = 1160 - 12 - 20;

    private final Ladder ladder = Ladder.connected(ON);

    @Test
    @DisplayName("C63, C172 I-DATA is used if and only if both sides list it")
    void isNegotiated() {
        for (SctpOptions a : List.of(ON, OFF)) {
            for (SctpOptions z : List.of(ON, OFF)) {
                Ladder mixed = new Ladder(a, z).connect();
                String expected = a.interleaving() && z.interleaving() ? "IData" : "Data";
                mixed.a.send(1, "to Z");
                mixed.z.send(1, "to A");
                ByteBuffer fromA = mixed.a.next();
                ByteBuffer fromZ = mixed.z.next();
                assertEquals(expected, Peer.names(fromA));
                assertEquals(expected, Peer.names(fromZ));
                mixed.z.receive(fromA);
                mixed.a.receive(fromZ);
                assertEquals(List.of("to Z"), mixed.z.texts());
                assertEquals(List.of("to A"), mixed.a.texts());
            }
        }
    }

    @Test
    @DisplayName("C172 what was not negotiated ends the association: DATA and FORWARD TSN, I-DATA and I-FORWARD-TSN")
    void abortsForTheOtherFormat() {
        for (boolean interleaving : new boolean[] {true, false}) {
            for (boolean forward : new boolean[] {true, false}) {
                Ladder fresh = Ladder.connected(interleaving ? ON : OFF);
                fresh.a.send(1, "good");
                ByteBuffer packet = fresh.a.next();
                int tsn = tsn(Peer.chunks(packet).get(0));
                Chunk wrong = forward
                        ? (interleaving ? new ForwardTsnChunk(tsn, List.of()) : new IForwardTsnChunk(tsn, List.of()))
                        : (interleaving ? data(tsn) : iData(tsn, B | E, 1, 0, 51, "bad"));
                fresh.z.receive(Peer.verificationTag(packet), wrong);
                assertEquals("Abort", Peer.names(fresh.z.next()));
                SctpEvent.Aborted aborted = (SctpEvent.Aborted) fresh.z.events().get(0);
                assertEquals(AbortOrigin.PROTOCOL_VIOLATION, aborted.origin());
                assertEquals(13, aborted.causeCode());
            }
        }
    }

    @Test
    @DisplayName(
            "C173 the MID counts the messages of each stream and kind, the FSN the fragments; the PPID is in the first")
    void numbersMessagesAndFragments() {
        ladder.a.send(1, new byte[2 * PAYLOAD + 1], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, "second");
        ladder.a.send(1, "unordered".getBytes(StandardCharsets.UTF_8), SctpSendOptions.RELIABLE_UNORDERED);
        ladder.a.send(2, "another stream");
        List<String> sent = new ArrayList<>();
        for (ByteBuffer packet : ladder.a.all()) {
            for (Chunk chunk : Peer.chunks(packet)) {
                IDataChunk data = (IDataChunk) chunk;
                sent.add("stream " + data.streamId() + ((data.flags() & U) != 0 ? " U" : "") + " MID " + data.mid()
                        + ((data.flags() & B) != 0 ? " PPID " : " FSN ") + data.ppidOrFsn());
            }
        }
        assertEquals(
                List.of(
                        "stream 2 MID 0 PPID 51",
                        "stream 1 MID 0 PPID 51",
                        "stream 1 MID 0 FSN 1",
                        "stream 1 MID 0 FSN 2",
                        "stream 1 MID 1 PPID 51",
                        "stream 1 U MID 0 PPID 51"),
                sent);
    }

    @Test
    @DisplayName("C178 what just fits a packet is not cut, and every packet of a large message is full")
    void countsTheHeader() {
        ladder.a.send(1, new byte[PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        ByteBuffer packet = ladder.a.next();
        assertEquals(1160, packet.remaining());
        assertEquals(B | E, Peer.first(IDataChunk.class, packet).flags() & (B | E));
        ladder.a.send(1, new byte[3 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        assertEquals(3, packets.size());
        packets.forEach(full -> assertEquals(1160, full.remaining()));
    }

    @Test
    @DisplayName("C109 a large message does not hold up a small one, if the peer can interleave; else it does")
    void overtakes() {
        for (SctpOptions options : List.of(ON, OFF)) {
            Ladder fresh = Ladder.connected(options);
            fresh.a.send(1, new byte[1_000_000], SctpSendOptions.RELIABLE_ORDERED);
            fresh.z.receive(fresh.a.all());
            fresh.a.send(2, "small");
            fresh.exchange();
            List<SctpMessage> messages = fresh.z.messages();
            assertEquals(2, messages.size());
            assertEquals(options.interleaving() ? 2 : 1, messages.get(0).streamId());
            assertEquals(
                    1_000_000,
                    messages.get(options.interleaving() ? 1 : 0).payload().remaining());
        }
    }

    @Test
    @DisplayName("C175 fragments of two streams, and of both kinds on one stream, side by side")
    void interleaves() {
        Receiver receiver = new Receiver();
        receiver.data(0, B, 1, 0, 51, "a");
        receiver.data(1, B, 2, 0, 52, "k");
        receiver.data(2, B | U, 1, 0, 53, "x");
        receiver.data(3, E | U, 1, 0, 1, "y");
        receiver.data(4, 0, 2, 0, 1, "l");
        receiver.data(5, E, 1, 0, 1, "b");
        receiver.data(6, E, 2, 0, 2, "m");
        List<SctpMessage> messages = receiver.z.messages();
        assertEquals(
                List.of("xy", "ab", "klm"), messages.stream().map(Peer::text).toList());
        assertEquals(
                List.of(53, 51, 52),
                messages.stream().map(SctpMessage::payloadProtocolId).toList());
        assertEquals(0, receiver.held());
    }

    @Test
    @DisplayName(
            "C176 what cannot be: a fragment twice, an end before others or twice, a beginning that is not the first")
    void abortsForIllegalFragments() {
        assertIllegal(r -> r.data(0, B, 1, 0, 51, "a"), r -> r.data(1, B, 1, 0, 51, "a"));
        assertIllegal(r -> r.data(0, 0, 1, 0, 2, "a"), r -> r.data(1, 0, 1, 0, 2, "a"));
        assertIllegal(r -> r.data(0, E, 1, 0, 2, "a"), r -> r.data(1, 0, 1, 0, 3, "a"));
        assertIllegal(r -> r.data(0, E, 1, 0, 2, "a"), r -> r.data(1, E, 1, 0, 3, "a"));
        assertIllegal(r -> r.data(0, 0, 1, 0, 3, "a"), r -> r.data(1, E, 1, 0, 2, "a"));
        assertIllegal(r -> {}, r -> r.data(0, 0, 1, 0, 0, "a"));
        assertIllegal(r -> r.data(0, B, 1, 0, 51, "a"), r -> r.data(1, B | E, 1, 0, 51, "b"));
        assertIllegal(r -> r.data(0, B | E, 1, 1, 51, "a"), r -> r.data(1, B | E, 1, 1, 51, "b"));
    }

    private interface Step {
        void on(Receiver receiver);
    }

    private static void assertIllegal(Step before, Step illegal) {
        Receiver receiver = new Receiver();
        before.on(receiver);
        assertEquals(SctpState.ESTABLISHED, receiver.z.association.state());
        illegal.on(receiver);
        assertEquals(SctpState.CLOSED, receiver.z.association.state());
        assertEquals(List.of(), receiver.z.texts());
    }

    @Test
    @DisplayName("C80 MIDs wrap, and those half the numbers apart are told apart")
    void midsWrap() {
        Receiver receiver = new Receiver();
        receiver.forward(0, new SkippedMessage(1, false, Integer.MAX_VALUE), new SkippedMessage(1, true, 5));
        receiver.forward(1, new SkippedMessage(1, false, -2));
        receiver.data(2, B | E, 1, 0, 51, "zero");
        receiver.data(3, B | E, 1, -1, 51, "minus one");
        assertEquals(List.of("minus one", "zero"), receiver.z.texts());
        receiver.data(4, B | E | U, 1, Integer.MAX_VALUE, 51, "far");
        receiver.data(5, B | E | U, 1, Integer.MIN_VALUE + 10, 51, "farther");
        assertEquals(List.of("far", "farther"), receiver.z.texts());
    }

    @Test
    @DisplayName(
            "C177 I-FORWARD-TSN drops what came of the message, releases what waited, and what comes late is of no use")
    void receivesIForwardTsn() {
        Receiver receiver = new Receiver();
        receiver.data(0, B, 1, 0, 51, "lost");
        receiver.data(2, B | U, 1, 0, 51, "lost");
        receiver.data(4, B | E, 1, 2, 51, "ordered");
        receiver.data(5, B, 2, 0, 51, "sta");
        assertTrue(receiver.held() > 0);
        assertEquals(List.of(), receiver.z.texts());
        // TSN 1 and 3, the ends of both, and MID 1 are given up.
        receiver.forward(3, new SkippedMessage(1, false, 1), new SkippedMessage(1, true, 0));
        assertEquals(List.of("ordered"), receiver.z.texts());
        receiver.data(6, E, 1, 1, 1, "late");
        receiver.data(7, E | U, 1, 0, 1, "late");
        receiver.data(8, E, 2, 0, 1, "ys");
        assertEquals(List.of("stays"), receiver.z.texts());
        assertEquals(0, receiver.held());
    }

    @Test
    @DisplayName("C138, C177 I-FORWARD-TSN names the highest MID of each stream and kind")
    void sendsIForwardTsn() {
        SctpSendOptions once = new SctpSendOptions(false, 0, -1);
        SctpSendOptions unorderedOnce = new SctpSendOptions(true, 0, -1);
        ladder.a.send(1, new byte[10], once);
        ladder.a.send(1, new byte[10], unorderedOnce);
        ladder.a.send(1, new byte[10], once);
        ladder.a.send(2, new byte[10], unorderedOnce);
        int tsn = tsn(Peer.chunks(ladder.a.next()).get(0));
        ladder.a.elapse();
        ByteBuffer packet = ladder.a.next();
        IForwardTsnChunk forward = Peer.first(IForwardTsnChunk.class, packet);
        assertEquals(tsn + 3, forward.newCumulativeTsn());
        assertEquals(
                List.of(
                        new SkippedMessage(1, false, 1),
                        new SkippedMessage(2, true, 0),
                        new SkippedMessage(1, true, 0)),
                sorted(forward.skippedMessages()));
        ladder.z.receive(packet);
        ladder.a.send(1, "next");
        ladder.a.send(2, "unordered".getBytes(StandardCharsets.UTF_8), SctpSendOptions.RELIABLE_UNORDERED);
        ladder.exchange();
        assertEquals(2, ladder.z.texts().size());
        assertEquals(0, ladder.z.association.metrics().heldBytes());
    }

    private static List<SkippedMessage> sorted(List<SkippedMessage> messages) {
        List<SkippedMessage> result = new ArrayList<>(messages);
        result.sort((x, y) -> x.unordered() != y.unordered()
                ? Boolean.compare(x.unordered(), y.unordered())
                : Integer.compare(y.streamId(), x.streamId()));
        return result;
    }

    @Test
    @DisplayName("C133 a peer that interleaves but knows no I-FORWARD-TSN gets everything")
    void isReliableWithoutIForwardTsn() {
        Capabilities peer = new Capabilities(true, true, true, false, false, true);
        assertEquals(new Capabilities(false, true, true, false, false, true), peer.negotiated(ON));
        assertEquals(new Capabilities(true, true, false, false, false, true), peer.negotiated(OFF));
        Capabilities full = new Capabilities(true, true, true, true, false, false);
        assertEquals(full, full.negotiated(ON));
        assertEquals(full, Capabilities.ofBits(full.bits()));
        assertEquals(peer, Capabilities.ofBits(peer.bits()));
    }

    @Test
    @DisplayName("C159 a stream reset sets the MIDs of both kinds to 0, on that stream only")
    void resetsMids() {
        for (int round = 0; round < 2; round++) {
            for (int stream = 1; stream <= 2; stream++) {
                ladder.a.send(stream, "ordered " + round);
                ladder.a.send(stream, new byte[1], SctpSendOptions.RELIABLE_UNORDERED);
            }
        }
        ladder.exchange();
        ladder.a.association.resetStreams(new int[] {1}, ladder.a.now);
        ladder.run(30 * Peer.MILLI);
        ladder.z.events();
        assertEquals(8, ladder.z.messages().size());
        ladder.z.events();
        ladder.a.send(1, "again");
        ladder.a.send(1, new byte[1], SctpSendOptions.RELIABLE_UNORDERED);
        ladder.a.send(2, "goes on");
        List<ByteBuffer> packets = ladder.a.all();
        List<String> mids = new ArrayList<>();
        packets.forEach(packet -> Peer.chunks(packet).forEach(chunk -> {
            IDataChunk data = (IDataChunk) chunk;
            mids.add(data.streamId() + ((data.flags() & U) != 0 ? "U" : "") + "=" + data.mid());
        }));
        mids.sort(null);
        assertEquals(List.of("1=0", "1U=0", "2=2"), mids);
        ladder.z.receive(packets);
        assertEquals(3, ladder.z.messages().size());
    }

    @Test
    @DisplayName("many large messages side by side, together larger than the peer's memory: each arrives")
    void doesNotOverfillThePeer() {
        SctpOptions small = SctpOptions.builder()
                .receiveWindow(20_000)
                .maxInboundMessageSize(50_000)
                .build();
        Ladder fresh = Ladder.connected(small);
        for (int stream = 0; stream < 20; stream++) {
            assertEquals(SendStatus.QUEUED, fresh.a.send(stream, new byte[50_000], SctpSendOptions.RELIABLE_ORDERED));
        }
        fresh.a.send(30, "small");
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < 1_000 && order.size() < 21; i++) {
            fresh.exchange();
            fresh.z.messages().forEach(message -> order.add(message.streamId()));
            fresh.run(10 * Peer.MILLI);
        }
        assertEquals(21, order.size());
        assertEquals(30, order.get(0));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("C93 incomplete messages without end: the association ends before memory does")
    void boundsIncompleteMessages(boolean inParts) {
        SctpOptions options = SctpOptions.builder()
                .receiveWindow(100_000)
                .maxInboundMessageSize(200_000)
                .build();
        Receiver receiver = new Receiver(options);
        for (int stream = 0; stream < 100; stream++) {
            receiver.z.association.setReceiveInParts(stream, inParts);
        }
        long most = 0;
        for (int i = 0; receiver.z.association.state() == SctpState.ESTABLISHED; i++) {
            receiver.data(i, B, i % 100, i / 100, 51, "x".repeat(1_000));
            most = Math.max(most, receiver.held());
            // The first of each stream can be handed out, those behind it wait for its end.
            assertEquals(inParts && i < 100 ? 1 : 0, receiver.z.messages().size());
            assertTrue(i < 2_000, "it goes on for ever");
        }
        assertTrue(most < 102_000 + (1 << 20) + 200_000, "held: " + most);
    }

    @Test
    @DisplayName("what is sent before a restart of the peer arrives after it, from its beginning")
    void survivesARestart() {
        byte[] large = new byte[100_000];
        Arrays.fill(large, (byte) 7);
        ladder.a.send(1, large, SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(2, large, SctpSendOptions.RELIABLE_UNORDERED);
        List<ByteBuffer> first = ladder.a.all();
        // A -> I-DATA -> Z, and back the SACK; then Z dies.
        ladder.z.receive(first.subList(0, 3));
        ladder.a.receive(ladder.z.all());
        Peer z = new Peer(77, ON);
        z.association.connect(z.now);
        for (int i = 0; i < 200; i++) {
            List<ByteBuffer> fromZ = z.all();
            List<ByteBuffer> fromA = ladder.a.all();
            ladder.a.receive(fromZ);
            z.receive(fromA);
        }
        List<SctpMessage> messages = z.messages();
        assertEquals(2, messages.size());
        messages.forEach(message -> assertEquals(ByteBuffer.wrap(large), message.payload()));
        assertTrue(ladder.a.events().contains(new SctpEvent.Restarted()));
    }

    private static int tsn(Chunk chunk) {
        return chunk instanceof IDataChunk data ? data.tsn() : ((DataChunk) chunk).tsn();
    }

    private static DataChunk data(int tsn) {
        return new DataChunk(B | E, tsn, 1, 0, 51, ByteBuffer.wrap(new byte[1]), 0, 1);
    }

    private static IDataChunk iData(int tsn, int flags, int streamId, int mid, int ppidOrFsn, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return new IDataChunk(flags, tsn, streamId, mid, ppidOrFsn, ByteBuffer.wrap(bytes), 0, bytes.length);
    }

    /** A peer Z that is fed by hand, with TSNs counted from 0. */
    private static final class Receiver {
        final Peer z;
        private final int tag;
        private final int firstTsn;

        Receiver() {
            this(ON);
        }

        Receiver(SctpOptions options) {
            Ladder ladder = Ladder.connected(options);
            z = ladder.z;
            ladder.a.send(1, "never delivered");
            ByteBuffer packet = ladder.a.next();
            tag = Peer.verificationTag(packet);
            firstTsn = tsn(Peer.chunks(packet).get(0));
        }

        void data(int number, int flags, int streamId, int mid, int ppidOrFsn, String text) {
            z.receive(tag, iData(firstTsn + number, flags, streamId, mid, ppidOrFsn, text));
        }

        void forward(int number, SkippedMessage... skipped) {
            z.receive(tag, new IForwardTsnChunk(firstTsn + number, List.of(skipped)));
        }

        long held() {
            return z.association.metrics().heldBytes();
        }
    }
}
