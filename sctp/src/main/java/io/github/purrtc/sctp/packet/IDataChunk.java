package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Objects;

/**
 * I-DATA chunk, <a href="https://www.rfc-editor.org/rfc/rfc8260#section-2.1">RFC 8260 §2.1</a>.
 *
 * <pre>
 * |   Type = 64   |  Res  |I|U|B|E|       Length = Variable       |
 * |                              TSN                              |
 * |        Stream Identifier      |           Reserved            |
 * |                      Message Identifier                       |
 * |    Payload Protocol Identifier / Fragment Sequence Number     |
 * \                           User Data                           \
 * </pre>
 *
 * <p>The user data stays where it is: {@code payloadLength} bytes at {@code payloadOffset} of {@code buffer}, valid as long as that
 * is. Equality is by content.
 */
public record IDataChunk(
        int flags,
        int tsn,
        int streamId,
        int mid,
        int ppidOrFsn,
        ByteBuffer buffer,
        int payloadOffset,
        int payloadLength)
        implements Chunk {
    public static final int TYPE = 64;

    /** The bytes in front of the user data: chunk header included. */
    public static final int DATA_HEADER_LENGTH = 20;

    static final int FIXED_VALUE_LENGTH = DATA_HEADER_LENGTH - HEADER_LENGTH;

    static IDataChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int tsn = value.int32();
        int streamId = value.uint16();
        value.uint16();
        int mid = value.int32();
        int ppidOrFsn = value.int32();
        int length = value.remaining();
        return new IDataChunk(
                flags & DataFlags.MASK, tsn, streamId, mid, ppidOrFsn, value.buffer(), value.advance(length), length);
    }

    /** Writes what stands in front of the user data. */
    static void writeHeader(
            ByteBuffer out, int flags, int tsn, int streamId, int mid, int ppidOrFsn, int payloadLength) {
        Wire.chunkHeader(out, TYPE, flags, DATA_HEADER_LENGTH + payloadLength);
        out.putInt(tsn);
        out.putInt(streamId << 16);
        out.putInt(mid);
        out.putInt(ppidOrFsn);
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
        out.putInt(streamId << 16);
        out.putInt(mid);
        out.putInt(ppidOrFsn);
        out.put(payload());
    }

    /** A view of the user data. */
    public ByteBuffer payload() {
        return buffer.slice(payloadOffset, payloadLength);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof IDataChunk chunk
                && flags == chunk.flags
                && tsn == chunk.tsn
                && streamId == chunk.streamId
                && mid == chunk.mid
                && ppidOrFsn == chunk.ppidOrFsn
                && payload().equals(chunk.payload());
    }

    @Override
    public int hashCode() {
        return Objects.hash(flags, tsn, streamId, mid, ppidOrFsn, payload());
    }
}
