package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Chunk;
import io.github.purrtc.sctp.packet.DataChunk;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DataTransferTest {
    private static final int PAYLOAD = 1160 - 12 - 16;

    @Test
    @DisplayName("C71 the first DATA is acknowledged at once, a lone packet after 20 ms, two at once")
    void acknowledges() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "first");
        ladder.z.receive(ladder.a.all());
        assertEquals("Sack", Peer.names(ladder.z.next()));
        ladder.a.send(1, "lone");
        ladder.z.receive(ladder.a.all());
        assertNull(ladder.z.next());
        assertEquals(ladder.z.now + 20 * Peer.MILLI, ladder.z.association.nextTimeout());
        ladder.z.elapse();
        assertEquals("Sack", Peer.names(ladder.z.next()));
        ladder.a.send(1, new byte[2 * PAYLOAD], SctpSendOptions.RELIABLE_ORDERED);
        ladder.z.receive(ladder.a.all());
        assertEquals("Sack", Peer.names(ladder.z.next()));
        assertNull(ladder.z.next());
    }

    @Test
    @DisplayName("C73 time that passes does not send a SACK early")
    void doesNotAcknowledgeEarly() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "first");
        ladder.exchange();
        ladder.a.send(1, "lone");
        ladder.z.receive(ladder.a.all());
        ladder.z.now += 19 * Peer.MILLI;
        ladder.z.association.onTimeout(ladder.z.now);
        assertNull(ladder.z.next());
    }

    @Test
    @DisplayName("a SACK that waits goes with DATA")
    void bundlesSackWithData() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "first");
        ladder.exchange();
        ladder.a.send(1, "question");
        ladder.z.receive(ladder.a.all());
        ladder.z.send(1, "answer");
        assertEquals("Sack Data", Peer.names(ladder.z.next()));
        assertNull(ladder.z.next());
        assertTrue(ladder.z.association.nextTimeout() > ladder.z.now + 20 * Peer.MILLI);
    }

    @Test
    @DisplayName("C72, C76 a gap and a duplicate are reported at the end of the burst, and not delivered twice")
    void reportsGapsAndDuplicates() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "first");
        ladder.exchange();
        ladder.z.messages();
        List<ByteBuffer> packets = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            ladder.a.send(i, "message " + i);
            packets.addAll(ladder.a.all());
        }
        ladder.z.receive(packets.get(0), packets.get(2), packets.get(2));
        SackChunk sack = Peer.first(SackChunk.class, ladder.z.next());
        assertArrayEquals(new int[] {2, 2}, sack.gapAckBlocks());
        assertArrayEquals(new int[] {sack.cumulativeTsnAck() + 2}, sack.duplicateTsns());
        assertEquals(List.of("message 0", "message 2"), ladder.z.texts());
        ladder.z.receive(packets.get(1), packets.get(3));
        sack = Peer.first(SackChunk.class, ladder.z.next());
        assertArrayEquals(new int[0], sack.gapAckBlocks());
        assertArrayEquals(new int[0], sack.duplicateTsns());
        assertEquals(List.of("message 1", "message 3"), ladder.z.texts());
    }

    @Test
    @DisplayName("C13 packets are full and never larger than allowed; a message that fits one is not split")
    void fillsPackets() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, new byte[3 * PAYLOAD + 100], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, new byte[PAYLOAD - 50], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, new byte[10], SctpSendOptions.RELIABLE_ORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        assertEquals(
                List.of(1160, 1160, 1160, 12 + 16 + 100, 12 + 16 + PAYLOAD - 50 + 2 + 16 + 10 + 2),
                packets.stream().map(ByteBuffer::remaining).toList());
        ladder.z.receive(packets);
        assertEquals(3, ladder.z.messages().size());
    }

    @Test
    @DisplayName("small messages share a packet")
    void bundles() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 10; i++) {
            ladder.a.send(i, "message " + i);
        }
        List<ByteBuffer> packets = ladder.a.all();
        assertEquals(1, packets.size());
        assertEquals(10, Peer.chunks(packets.get(0)).size());
    }

    @Test
    @DisplayName("C109 streams take turns: a bulk transfer holds nobody up for longer than a message")
    void streamsTakeTurns() {
        Ladder ladder = Ladder.connected();
        for (int i = 0; i < 5; i++) {
            ladder.a.send(1, new byte[800], SctpSendOptions.RELIABLE_ORDERED);
        }
        ladder.a.send(2, new byte[800], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(3, new byte[800], SctpSendOptions.RELIABLE_ORDERED);
        List<Integer> order = new ArrayList<>();
        for (ByteBuffer packet : ladder.a.all()) {
            order.add(Peer.first(DataChunk.class, packet).streamId());
        }
        assertEquals(List.of(1, 2, 3, 1, 1, 1, 1), order);
    }

    @Test
    @DisplayName("C85, C86 a hole in one stream holds up neither another nor unordered messages")
    void ordersByStream() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "one");
        List<ByteBuffer> lost = ladder.a.all();
        ladder.a.send(1, "two");
        ladder.a.send(2, "other");
        ladder.a.send(1, "unordered".getBytes(StandardCharsets.UTF_8), SctpSendOptions.RELIABLE_UNORDERED);
        ladder.z.receive(ladder.a.all());
        assertEquals(List.of("other", "unordered"), ladder.z.texts());
        ladder.z.receive(lost);
        assertEquals(List.of("one", "two"), ladder.z.texts());
    }

    @Test
    @DisplayName("C81 fragments in any order")
    void reassemblesInAnyOrder() {
        SplittableRandom random = new SplittableRandom(4);
        for (int round = 0; round < 50; round++) {
            Ladder ladder = Ladder.connected();
            byte[] bytes = new byte[9 * PAYLOAD];
            random.nextBytes(bytes);
            ladder.a.send(
                    1, bytes, round % 2 == 0 ? SctpSendOptions.RELIABLE_ORDERED : SctpSendOptions.RELIABLE_UNORDERED);
            List<ByteBuffer> packets = new ArrayList<>(ladder.a.all());
            Collections.shuffle(packets, new Random(round));
            ladder.z.receive(packets);
            List<SctpMessage> messages = ladder.z.messages();
            assertEquals(1, messages.size());
            assertEquals(ByteBuffer.wrap(bytes), messages.get(0).payload());
            assertEquals(0, ladder.z.association.metrics().heldBytes());
        }
    }

    @Test
    @DisplayName("C79 stream sequence numbers wrap")
    void streamSequenceNumbersWrap() {
        Ladder ladder = Ladder.connected();
        int next = 0;
        for (int i = 0; i < 70_000; i++) {
            ladder.a.send(
                    1, new byte[] {(byte) i, (byte) (i >> 8), (byte) (i >> 16)}, SctpSendOptions.RELIABLE_ORDERED);
            if (i % 500 == 499) {
                ladder.exchange();
                for (SctpMessage message : ladder.z.messages()) {
                    int number = message.payload().get(0) & 0xFF
                            | (message.payload().get(1) & 0xFF) << 8
                            | (message.payload().get(2) & 0xFF) << 16;
                    assertEquals(next++, number);
                }
            }
        }
        assertEquals(70_000, next);
    }

    @Test
    @DisplayName("C87, C95 a reader that does not read stops the sender; one that reads again starts it")
    void closesAndOpensTheWindow() {
        SctpOptions options = SctpOptions.builder().receiveWindow(20_000).build();
        Ladder ladder = Ladder.connected(options);
        for (int i = 0; i < 50; i++) {
            assertEquals(SendStatus.QUEUED, ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED));
        }
        ladder.exchange();
        assertTrue(ladder.z.association.metrics().heldBytes() <= 20_000 + 1128);
        assertTrue(ladder.a.association.bufferedAmount(1) > 25_000);
        long retransmissions = ladder.a.association.metrics().timeouts();
        ladder.run(120 * Peer.SECOND);
        // C96: a peer that answers is not given up, whatever the window.
        assertEquals(SctpState.ESTABLISHED, ladder.a.association.state());
        assertTrue(ladder.a.association.metrics().timeouts() > retransmissions);
        int received = 0;
        for (int i = 0; i < 100; i++) {
            received += ladder.z.messages().size();
            ladder.run(10 * Peer.MILLI);
        }
        assertEquals(50, received);
        assertEquals(0, ladder.a.association.bufferedAmount(1));
    }

    @Test
    @DisplayName("a message larger than the receive window arrives")
    void messageLargerThanTheWindow() {
        SctpOptions options = SctpOptions.builder().receiveWindow(20_000).build();
        Ladder ladder = Ladder.connected(options);
        ladder.a.send(1, new byte[200_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.send(1, "behind");
        ladder.run(10 * Peer.SECOND);
        assertEquals(200_000, ladder.z.association.nextMessage().payload().remaining());
        ladder.run(10 * Peer.SECOND);
        assertEquals(List.of("behind"), ladder.z.texts());
    }

    @Test
    @DisplayName("C104, C105 what is too large, too much or empty is refused")
    void refuses() {
        SctpOptions options = SctpOptions.builder()
                .sendBufferLimit(10_000)
                .maxOutboundMessageSize(6_000)
                .build();
        Ladder ladder = Ladder.connected(options);
        assertEquals(SendStatus.MESSAGE_TOO_LARGE, ladder.a.send(1, new byte[6_001], SctpSendOptions.RELIABLE_ORDERED));
        assertEquals(SendStatus.QUEUED, ladder.a.send(1, new byte[6_000], SctpSendOptions.RELIABLE_ORDERED));
        assertEquals(SendStatus.BUFFER_FULL, ladder.a.send(1, new byte[6_000], SctpSendOptions.RELIABLE_ORDERED));
        ladder.exchange();
        assertEquals(SendStatus.QUEUED, ladder.a.send(1, new byte[6_000], SctpSendOptions.RELIABLE_ORDERED));
        assertThrows(
                IllegalArgumentException.class, () -> ladder.a.send(1, new byte[0], SctpSendOptions.RELIABLE_ORDERED));
        assertThrows(IllegalArgumentException.class, () -> ladder.a.send(65_535, "beyond"));
        assertThrows(IllegalArgumentException.class, () -> ladder.a.send(-1, "below"));
    }

    @Test
    @DisplayName("C103 one event for each time the buffered amount falls to the threshold")
    void tellsWhenTheBufferIsLow() {
        Ladder ladder = Ladder.connected();
        ladder.a.association.setBufferedAmountLowThreshold(1, 1000);
        ladder.a.send(1, new byte[1000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.exchange();
        assertEquals(List.of(), ladder.a.events());
        ladder.a.send(1, new byte[1001], SctpSendOptions.RELIABLE_ORDERED);
        assertEquals(1001, ladder.a.association.bufferedAmount(1));
        ladder.exchange();
        ladder.a.receive(ladder.z.all());
        ladder.run(30 * Peer.MILLI);
        assertEquals(List.of(new SctpEvent.BufferedAmountLow(1)), ladder.a.events());
        ladder.a.send(1, new byte[5000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.a.association.setBufferedAmountLowThreshold(1, 5000);
        assertEquals(List.of(new SctpEvent.BufferedAmountLow(1)), ladder.a.events());
    }

    @Test
    @DisplayName("C84 DATA on a stream that does not exist is acknowledged and reported")
    void reportsInvalidStream() {
        Ladder ladder = new Ladder(
                Peer.DEFAULTS, SctpOptions.builder().inboundStreams(10).build());
        ladder.connect();
        ladder.a.send(1, "good");
        ByteBuffer packet = ladder.a.next();
        DataChunk good = Peer.first(DataChunk.class, packet);
        DataChunk bad = new DataChunk(
                good.flags(), good.tsn(), 10, 0, 51, good.buffer(), good.payloadOffset(), good.payloadLength());
        ladder.z.receive(Peer.verificationTag(packet), bad);
        List<Chunk> answer = Peer.chunks(ladder.z.next());
        assertEquals("ErrorChunk", answer.get(0).getClass().getSimpleName());
        assertEquals(good.tsn(), ((SackChunk) answer.get(1)).cumulativeTsnAck());
        assertEquals(List.of(), ladder.z.texts());
    }

    @Test
    @DisplayName("C83 DATA without user data ends the association")
    void abortsForEmptyData() {
        Ladder ladder = Ladder.connected();
        ladder.a.send(1, "good");
        ByteBuffer packet = ladder.a.next();
        DataChunk good = Peer.first(DataChunk.class, packet);
        ladder.z.receive(
                Peer.verificationTag(packet), new DataChunk(3, good.tsn(), 1, 0, 51, ByteBuffer.allocate(0), 0, 0));
        assertEquals("Abort", Peer.names(ladder.z.next()));
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
    }

    @Test
    @DisplayName("C91 a message larger than the largest allowed ends the association, without much memory")
    void abortsForTooLargeMessage() {
        Ladder ladder = new Ladder(
                SctpOptions.defaults(),
                SctpOptions.builder().maxInboundMessageSize(10_000).build());
        ladder.connect();
        ladder.a.send(1, new byte[10_000], SctpSendOptions.RELIABLE_ORDERED);
        ladder.exchange();
        assertEquals(1, ladder.z.messages().size());
        ladder.a.send(1, new byte[10_001], SctpSendOptions.RELIABLE_ORDERED);
        ladder.exchange();
        assertEquals(SctpState.CLOSED, ladder.z.association.state());
        List<SctpEvent> events = ladder.a.events();
        assertTrue(events.get(events.size() - 1) instanceof SctpEvent.Aborted);
    }

    @Test
    @DisplayName("C70 what is sent before the association is up is delivered after")
    void queuesBeforeConnected() {
        Ladder ladder = new Ladder();
        ladder.a.send(1, "early");
        ladder.a.association.connect(ladder.a.now);
        ladder.exchange();
        assertEquals(List.of("early"), ladder.z.texts());
    }
}
