package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * FORWARD TSN chunk, <a href="https://www.rfc-editor.org/rfc/rfc3758#section-3.2">RFC 3758 §3.2</a>.
 *
 * <pre>
 * |   Type = 192  |  Flags = 0x00 |        Length = Variable      |
 * |                      New Cumulative TSN                       |
 * |         Stream-1              |       Stream Sequence-1       |
 * \                                                               \
 * </pre>
 */
public record ForwardTsnChunk(int newCumulativeTsn, List<SkippedStream> skippedStreams) implements Chunk {
    public static final int TYPE = 192;

    /** The bytes a skipped stream takes. */
    public static final int SKIPPED_STREAM_LENGTH = 4;

    /** The highest Stream Sequence Number that was given up on an ordered stream. */
    public record SkippedStream(int streamId, int ssn) {}

    static ForwardTsnChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int newCumulativeTsn = value.int32();
        List<SkippedStream> skipped = new ArrayList<>(value.remaining() / SKIPPED_STREAM_LENGTH);
        while (value.remaining() > 0) {
            skipped.add(new SkippedStream(value.uint16(), value.uint16()));
        }
        return new ForwardTsnChunk(newCumulativeTsn, List.copyOf(skipped));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4 + SKIPPED_STREAM_LENGTH * skippedStreams.size();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(newCumulativeTsn);
        for (SkippedStream skipped : skippedStreams) {
            out.putShort((short) skipped.streamId);
            out.putShort((short) skipped.ssn);
        }
    }
}
