package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * DATA chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.1">RFC 9260 §3.3.1</a>.
 *
 * <pre>
 * |   Type = 0    |  Res  |I|U|B|E|           Length              |
 * |                              TSN                              |
 * |      Stream Identifier S      |   Stream Sequence Number n    |
 * |                  Payload Protocol Identifier                  |
 * \                 User Data (seq n of Stream S)                 \
 * </pre>
 *
 * <p>The user data stays where it is: {@code payloadLength} bytes at {@code payloadOffset} of {@code buffer}, valid as long as that
 * is. Equality is by content.
 */
public record DataChunk(
        int flags, int tsn, int streamId, int ssn, int ppid, ByteBuffer buffer, int payloadOffset, int payloadLength)
        implements Chunk {
    public static final int TYPE = 0;

    /** The bytes in front of the user data: chunk header included. */
    public static final int DATA_HEADER_LENGTH = 16;

    static final int FIXED_VALUE_LENGTH = DATA_HEADER_LENGTH - HEADER_LENGTH;

    static DataChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int tsn = value.int32();
        int streamId = value.uint16();
        int ssn = value.uint16();
        int ppid = value.int32();
        int length = value.remaining();
        return new DataChunk(
                flags & DataFlags.MASK, tsn, streamId, ssn, ppid, value.buffer(), value.advance(length), length);
    }

    /** Writes what stands in front of the user data. */
    static void writeHeader(ByteBuffer out, int flags, int tsn, int streamId, int ssn, int ppid, int payloadLength) {
        Wire.chunkHeader(out, TYPE, flags, DATA_HEADER_LENGTH + payloadLength);
        out.putInt(tsn);
        out.putInt(streamId << 16 | (ssn & 0xFFFF));
        out.putInt(ppid);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return FIXED_VALUE_LENGTH + payloadLength;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(tsn);
        out.putInt(streamId << 16 | (ssn & 0xFFFF));
        out.putInt(ppid);
        out.put(payload());
    }

    /** A view of the user data. */
    public ByteBuffer payload() {
        return buffer.slice(payloadOffset, payloadLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DataChunk chunk
                && flags == chunk.flags
                && tsn == chunk.tsn
                && streamId == chunk.streamId
                && ssn == chunk.ssn
                && ppid == chunk.ppid
                && payload().equals(chunk.payload());
    }

    @Override
    public int hashCode() {
        return Objects.hash(flags, tsn, streamId, ssn, ppid, payload());
    }
}
