package io.github.purrtc.sctp;

import io.github.purrtc.sctp.SctpMessage.Mark;
import io.github.purrtc.sctp.packet.SackChunk;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Messages that are handed out piece by piece; each test with DATA and with I-DATA. */
class ReceivePartsTest {
    private static final int WINDOW = 100_000;
    private static final int MAX_MESSAGE = 50_000;
    private static final SctpSendOptions ORDERED = SctpSendOptions.RELIABLE_ORDERED;

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("a message far larger than the window and than the limit passes in parts: first, middle, last")
    void passes(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        byte[] content = content(1_000_000);
        ladder.a.send(1, content, ORDERED);
        byte[] received = new byte[content.length];
        int length = 0;
        for (int round = 0; length < content.length; round++) {
            assertTrue(round < 100_000, "it does not come to its end");
            ladder.exchange();
            for (SctpMessage message : ladder.z.messages()) {
                SctpMessage.Part part = part(message);
                int size = message.payload().remaining();
                message.payload().get(message.payload().position(), received, length, size);
                boolean first = length == 0;
                length += size;
                assertEquals(first ? Mark.FIRST : length == content.length ? Mark.LAST : Mark.MIDDLE, part.mark());
                assertEquals(1, part.messageNumber());
            }
            ladder.a.elapse(Peer.MILLI);
            ladder.z.elapse(Peer.MILLI);
        }
        assertEquals(ByteBuffer.wrap(content), ByteBuffer.wrap(received));
        assertEquals(0, ladder.z.association.metrics().heldBytes());
        assertEquals(1, ladder.z.association.metrics().messagesReceived());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("the window follows what is not taken, to the byte, and stops the sender")
    void windowFollows(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(10_000)), false, ORDERED, ladder.a.now);
        ladder.exchange();
        assertEquals(10_000, ladder.z.association.metrics().heldBytes());
        assertEquals(10_000, ladder.z.messages().get(0).payload().remaining());
        long overhead = interleaving ? SctpAssociation.MESSAGE_OVERHEAD : 0;
        assertEquals(overhead, ladder.z.association.metrics().heldBytes());

        ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(500_000)), true, ORDERED, ladder.a.now);
        ladder.run(Peer.SECOND);
        long held = ladder.z.association.metrics().heldBytes();
        assertTrue(held <= WINDOW + 1_200 && held > WINDOW - 3_000, () -> "held: " + held);
        SctpMetrics metrics = ladder.a.association.metrics();
        assertTrue(metrics.peerWindow() < 1_200, () -> "window: " + metrics.peerWindow());
        assertTrue(metrics.unsentBytes() > 390_000, () -> "unsent: " + metrics.unsentBytes());

        // A <- SACK <- Z as soon as there is room
        assertEquals(Mark.MIDDLE, part(ladder.z.association.nextMessage()).mark());
        SackChunk sack = Peer.first(SackChunk.class, ladder.z.next());
        assertEquals(WINDOW - ladder.z.association.metrics().heldBytes(), sack.aRwnd());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("what arrives whole comes whole, and what was not asked for in parts too")
    void wholeWhenWhole(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.send(1, "short");
        ladder.a.send(2, content(20_000), ORDERED);
        ladder.exchange();
        List<SctpMessage> messages = ladder.z.messages();
        assertEquals(2, messages.size());
        assertNull(messages.get(0).part());
        assertNull(messages.get(1).part());
        ladder.a.send(2, content(MAX_MESSAGE + 1), ORDERED);
        ladder.exchange();
        SctpEvent.Aborted aborted = (SctpEvent.Aborted) ladder.z.events().get(0);
        assertEquals("a message larger than the largest allowed", aborted.reason());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("ordered messages wait for the end of the one before; unordered ones pass it, told apart by number")
    void keepTheOrder(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.send(1, content(9_000), ORDERED);
        ladder.a.send(1, "behind");
        ladder.a.send(1, content(8_000), SctpSendOptions.RELIABLE_UNORDERED);
        List<ByteBuffer> packets = ladder.a.all();
        ByteBuffer lost = packets.remove(3);
        ladder.z.receive(packets);
        List<SctpMessage> early = ladder.z.messages();
        assertEquals(Mark.FIRST, part(early.get(0)).mark());
        assertFalse(early.get(0).unordered());
        // With DATA the unordered one is put together behind the gap, with I-DATA it comes in parts itself.
        assertTrue(early.stream().skip(1).allMatch(SctpMessage::unordered));
        if (interleaving) {
            assertNotEquals(
                    part(early.get(0)).messageNumber(), part(early.get(1)).messageNumber());
        }
        ladder.z.receive(lost);
        ladder.run(Peer.SECOND);
        List<SctpMessage> late = ladder.z.messages();
        List<SctpMessage> ordered =
                late.stream().filter(message -> !message.unordered()).toList();
        assertEquals(Mark.LAST, part(ordered.get(0)).mark());
        assertEquals("behind", Peer.text(ordered.get(1)));
        assertEquals(0, ladder.z.association.metrics().heldBytes());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("given up by the sender after parts of it were handed out: a mark says so, and the stream goes on")
    void tellsOfAbandonment(boolean interleaving) {
        for (SctpSendOptions options : List.of(ORDERED, SctpSendOptions.RELIABLE_UNORDERED)) {
            Ladder ladder = ladder(interleaving);
            ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(3_000)), false, options, ladder.a.now);
            ladder.exchange();
            SctpMessage first = ladder.z.messages().get(0);
            assertEquals(Mark.FIRST, part(first).mark());
            ladder.a.association.abandonMessage(1, ladder.a.now);
            ladder.a.send(1, "next");
            ladder.exchange();
            List<SctpMessage> messages = ladder.z.messages();
            assertEquals(Mark.ABANDONED, part(messages.get(0)).mark());
            assertEquals(part(first).messageNumber(), part(messages.get(0)).messageNumber());
            assertEquals(0, messages.get(0).payload().remaining());
            assertEquals("next", Peer.text(messages.get(1)));
            assertEquals(0, ladder.z.association.metrics().heldBytes());
            assertEquals(1, ladder.z.association.metrics().messagesReceived());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("given up before any of it was handed out: nobody hears of it")
    void doesNotTellOfWhatNobodySaw(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(3_000)), false, ORDERED, ladder.a.now);
        ladder.exchange();
        ladder.a.association.abandonMessage(1, ladder.a.now);
        ladder.a.send(1, "next");
        ladder.exchange();
        assertEquals(List.of("next"), ladder.z.texts());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("the peer restarts: what has begun to come ends with a mark, and numbers go on")
    void tellsOfARestart(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(3_000)), false, ORDERED, ladder.a.now);
        ladder.exchange();
        assertEquals(Mark.FIRST, part(ladder.z.messages().get(0)).mark());
        Peer fresh = new Peer(5, ladder.a.options);
        fresh.now = ladder.z.now;
        Ladder restarted = new Ladder(fresh, ladder.z);
        fresh.association.connect(fresh.now);
        restarted.exchange();
        assertEquals(Mark.ABANDONED, part(ladder.z.messages().get(0)).mark());
        fresh.association.sendPart(1, 53, ByteBuffer.wrap(content(3_000)), false, ORDERED, fresh.now);
        restarted.exchange();
        assertEquals(2, part(ladder.z.messages().get(0)).messageNumber());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("asked for in the middle of a message: what is there comes as its first part")
    void beginsInTheMiddle(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        for (SctpSendOptions options : List.of(ORDERED, SctpSendOptions.RELIABLE_UNORDERED)) {
            ladder.a.association.sendPart(2, 53, ByteBuffer.wrap(content(40_000)), false, options, ladder.a.now);
            ladder.run(Peer.SECOND);
            assertEquals(List.of(), ladder.z.messages());
            ladder.z.association.setReceiveInParts(2, true);
            SctpMessage first = ladder.z.messages().get(0);
            assertEquals(Mark.FIRST, part(first).mark());
            assertEquals(40_000, first.payload().remaining());
            // What has begun in parts goes on in parts.
            ladder.z.association.setReceiveInParts(2, false);
            ladder.a.association.sendPart(2, 53, ByteBuffer.wrap(content(40_000)), true, options, ladder.a.now);
            ladder.a.send(2, content(10_000), options);
            ladder.run(Peer.SECOND);
            List<SctpMessage> messages = ladder.z.messages();
            assertEquals(Mark.LAST, part(messages.get(messages.size() - 2)).mark());
            assertNull(messages.get(messages.size() - 1).part());
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @DisplayName("what was there when the association ended can still be taken")
    void leavesWhatIsThere(boolean interleaving) {
        Ladder ladder = ladder(interleaving);
        ladder.a.association.sendPart(1, 53, ByteBuffer.wrap(content(3_000)), false, ORDERED, ladder.a.now);
        ladder.exchange();
        ladder.a.association.abort("enough", ladder.a.now);
        ladder.exchange();
        assertEquals(3_000, ladder.z.messages().get(0).payload().remaining());
    }

    @Test
    @DisplayName("DATA: behind a gap a message larger than the limit may be whole already")
    void wholeBehindAGap() {
        Ladder ladder = ladder(false);
        ladder.a.send(2, "lost");
        ladder.exchange();
        ladder.z.texts();
        ladder.a.send(2, "lost");
        // A -> DATA -> /lost/
        ladder.a.next();
        ladder.a.send(1, content(8_000), ORDERED);
        ladder.z.receive(ladder.a.all());
        SctpMessage message = ladder.z.messages().get(0);
        assertNull(message.part());
        assertEquals(8_000, message.payload().remaining());
    }

    private static Ladder ladder(boolean interleaving) {
        SctpOptions options = SctpOptions.builder()
                .interleaving(interleaving)
                .receiveWindow(WINDOW)
                .maxInboundMessageSize(MAX_MESSAGE)
                .build();
        Ladder ladder = new Ladder(options);
        ladder.z.association.setReceiveInParts(1, true);
        return ladder.connect();
    }

    private static SctpMessage.Part part(SctpMessage message) {
        assertNotNull(message);
        SctpMessage.Part part = message.part();
        assertNotNull(part, "the message is whole");
        return part;
    }

    private static byte[] content(int size) {
        byte[] content = new byte[size];
        for (int i = 0; i < size; i++) {
            content[i] = (byte) (i ^ i >> 8 ^ i >> 16);
        }
        return content;
    }
}
