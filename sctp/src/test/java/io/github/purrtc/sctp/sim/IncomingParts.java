package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Puts messages together of the parts that one peer receives, and sees that the parts keep their order. */
final class IncomingParts {
    /** A message, or what came of one that was given up. */
    record Message(int streamId, int ppid, boolean unordered, byte[] content, boolean isWhole) {}

    private static final class Open {
        final SctpMessage first;
        final ByteArrayOutputStream content = new ByteArrayOutputStream();

        Open(SctpMessage first) {
            this.first = first;
        }
    }

    private final Map<Long, Open> open = new HashMap<>();
    /** By stream, the ordered message of which parts came: no other may come before its end. */
    private final Map<Integer, Long> ordered = new HashMap<>();

    private long parts;

    /** How many parts came that were not the whole message. */
    long parts() {
        return parts;
    }

    /** The message that is complete or given up with that, or null. */
    @Nullable
    Message received(SctpMessage message) {
        SctpMessage.Part part = message.part();
        byte[] content = Ledger.bytesOf(message.payload());
        if (part == null || part.mark() == SctpMessage.Mark.FIRST) {
            assertTrue(
                    message.unordered() || !ordered.containsKey(message.streamId()),
                    () -> "a message within an ordered one on stream " + message.streamId());
        }
        if (part == null) {
            return new Message(message.streamId(), message.payloadProtocolId(), message.unordered(), content, true);
        }
        parts++;
        return switch (part.mark()) {
            case FIRST -> {
                begin(part.messageNumber(), message, content);
                yield null;
            }
            case MIDDLE -> {
                append(part.messageNumber(), message, content);
                yield null;
            }
            case LAST -> {
                append(part.messageNumber(), message, content);
                yield end(part.messageNumber(), true);
            }
            case ABANDONED -> {
                assertEquals(0, content.length);
                yield end(part.messageNumber(), false);
            }
        };
    }

    private void begin(long number, SctpMessage message, byte[] content) {
        assertTrue(content.length > 0, "an empty part");
        Open begun = new Open(message);
        begun.content.writeBytes(content);
        assertNull(open.put(number, begun), "a message begins twice");
        if (!message.unordered()) {
            ordered.put(message.streamId(), number);
        }
    }

    private void append(long number, SctpMessage message, byte[] content) {
        Open begun = open.get(number);
        assertNotNull(begun, "a part without the first one");
        assertTrue(content.length > 0, "an empty part");
        assertEquals(begun.first.streamId(), message.streamId());
        assertEquals(begun.first.payloadProtocolId(), message.payloadProtocolId());
        assertEquals(begun.first.unordered(), message.unordered());
        begun.content.writeBytes(content);
    }

    private Message end(long number, boolean whole) {
        Open ended = open.remove(number);
        assertNotNull(ended, "the end of a message that did not begin");
        SctpMessage first = ended.first;
        if (!first.unordered()) {
            ordered.remove(first.streamId());
        }
        return new Message(
                first.streamId(), first.payloadProtocolId(), first.unordered(), ended.content.toByteArray(), whole);
    }

    /** What has begun does not end. */
    void clear() {
        open.clear();
        ordered.clear();
    }

    /** Whether something began to come of which the end has not come. */
    boolean hasOpen() {
        return !open.isEmpty();
    }
}
