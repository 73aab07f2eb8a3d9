package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * I-FORWARD-TSN chunk, <a href="https://www.rfc-editor.org/rfc/rfc8260#section-2.3.1">RFC 8260 §2.3.1</a>.
 *
 * <pre>
 * |   Type = 194  | Flags = 0x00  |      Length = Variable        |
 * |                       New Cumulative TSN                      |
 * |       Stream Identifier       |          Reserved           |U|
 * |                       Message Identifier                      |
 * \                                                               \
 * </pre>
 */
public record IForwardTsnChunk(int newCumulativeTsn, List<SkippedMessage> skippedMessages) implements Chunk {
    public static final int TYPE = 194;

    /** The bytes a skipped message takes. */
    public static final int SKIPPED_MESSAGE_LENGTH = 8;

    private static final int UNORDERED = 1;

    /** The highest Message Identifier that was given up on a stream, among its ordered or its unordered messages. */
    public record SkippedMessage(int streamId, boolean unordered, int mid) {}

    static IForwardTsnChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int newCumulativeTsn = value.int32();
        List<SkippedMessage> skipped = new ArrayList<>(value.remaining() / SKIPPED_MESSAGE_LENGTH);
        while (value.remaining() > 0) {
            skipped.add(new SkippedMessage(value.uint16(), (value.uint16() & UNORDERED) != 0, value.int32()));
        }
        return new IForwardTsnChunk(newCumulativeTsn, List.copyOf(skipped));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4 + SKIPPED_MESSAGE_LENGTH * skippedMessages.size();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(newCumulativeTsn);
        for (SkippedMessage skipped : skippedMessages) {
            out.putShort((short) skipped.streamId);
            out.putShort((short) (skipped.unordered ? UNORDERED : 0));
            out.putInt(skipped.mid);
        }
    }
}
