package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Makes whole messages of parts. */
final class PartJoiner {
    private final Map<Long, ByteArrayOutputStream> open = new HashMap<>();

    /** The whole message, if it is one or that was its last part; else null. */
    @Nullable
    SctpMessage join(SctpMessage message) {
        SctpMessage.Part part = message.part();
        if (part == null) {
            return message;
        }
        assertEquals(
                part.mark() != SctpMessage.Mark.ABANDONED, message.payload().hasRemaining());
        if (part.mark() == SctpMessage.Mark.FIRST) {
            assertNull(open.put(part.messageNumber(), new ByteArrayOutputStream()), "a message begins twice");
        }
        ByteArrayOutputStream content = open.get(part.messageNumber());
        assertNotNull(content, "a part without the first one");
        content.write(
                message.payload().array(),
                message.payload().position(),
                message.payload().remaining());
        if (part.mark() == SctpMessage.Mark.LAST || part.mark() == SctpMessage.Mark.ABANDONED) {
            open.remove(part.messageNumber());
        }
        return part.mark() == SctpMessage.Mark.LAST
                ? new SctpMessage(
                        message.streamId(),
                        message.payloadProtocolId(),
                        message.unordered(),
                        ByteBuffer.wrap(content.toByteArray()))
                : null;
    }

    void assertNoneOpen() {
        assertTrue(open.isEmpty(), () -> "messages without an end: " + open.keySet());
    }
}
