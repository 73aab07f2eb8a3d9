package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** A chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.2">RFC 9260 §3.2</a>. The set is closed: unknown types are part of it. */
public sealed interface Chunk
        permits DataChunk,
                InitChunk,
                InitAckChunk,
                SackChunk,
                HeartbeatChunk,
                HeartbeatAckChunk,
                AbortChunk,
                ShutdownChunk,
                ShutdownAckChunk,
                ErrorChunk,
                CookieEchoChunk,
                CookieAckChunk,
                ShutdownCompleteChunk,
                ReConfigChunk,
                PadChunk,
                ForwardTsnChunk,
                IDataChunk,
                IForwardTsnChunk,
                UnknownChunk {

    int HEADER_LENGTH = Wire.TLV_HEADER_LENGTH;

    int type();

    default int flags() {
        return 0;
    }

    int valueLength();

    void writeValue(ByteBuffer out);

    /** The Chunk Length field: header and value, without padding. */
    default int length() {
        return HEADER_LENGTH + valueLength();
    }

    /** The room the chunk takes in a packet. */
    default int paddedLength() {
        return Wire.padded(length());
    }

    /** Writes the chunk with its padding. */
    default void write(ByteBuffer out) {
        int length = length();
        Wire.chunkHeader(out, type(), flags(), length);
        writeValue(out);
        Wire.pad(out, length);
    }

    /**
     * Decodes the chunk whose value is {@code length} bytes at {@code offset}.
     *
     * @throws MalformedPacketException if the value is not what the type asks for
     */
    static Chunk decode(int type, int flags, ByteBuffer buffer, int offset, int length)
            throws MalformedPacketException {
        WireReader value = new WireReader(buffer, offset, length);
        Chunk chunk =
                switch (type) {
                    case DataChunk.TYPE -> DataChunk.decode(flags, value);
                    case InitChunk.TYPE -> InitChunk.decode(flags, value);
                    case InitAckChunk.TYPE -> InitAckChunk.decode(flags, value);
                    case SackChunk.TYPE -> SackChunk.decode(flags, value);
                    case HeartbeatChunk.TYPE -> HeartbeatChunk.decode(flags, value);
                    case HeartbeatAckChunk.TYPE -> HeartbeatAckChunk.decode(flags, value);
                    case AbortChunk.TYPE -> AbortChunk.decode(flags, value);
                    case ShutdownChunk.TYPE -> ShutdownChunk.decode(flags, value);
                    case ShutdownAckChunk.TYPE -> ShutdownAckChunk.decode(flags, value);
                    case ErrorChunk.TYPE -> ErrorChunk.decode(flags, value);
                    case CookieEchoChunk.TYPE -> CookieEchoChunk.decode(flags, value);
                    case CookieAckChunk.TYPE -> CookieAckChunk.decode(flags, value);
                    case ShutdownCompleteChunk.TYPE -> ShutdownCompleteChunk.decode(flags, value);
                    case ReConfigChunk.TYPE -> ReConfigChunk.decode(flags, value);
                    case PadChunk.TYPE -> PadChunk.decode(flags, value);
                    case ForwardTsnChunk.TYPE -> ForwardTsnChunk.decode(flags, value);
                    case IDataChunk.TYPE -> IDataChunk.decode(flags, value);
                    case IForwardTsnChunk.TYPE -> IForwardTsnChunk.decode(flags, value);
                    default -> UnknownChunk.decode(type, flags, value);
                };
        value.requireEnd();
        return chunk;
    }
}
