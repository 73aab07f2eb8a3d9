package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Unrecognized Chunk Type, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.6">RFC 9260 §3.3.10.6</a>.
 *
 * @param chunk the chunk that was not recognized, its header included, maybe cut short
 */
public record UnrecognizedChunkTypeCause(Bytes chunk) implements ErrorCause {
    public static final int CODE = 6;

    static UnrecognizedChunkTypeCause decode(WireReader value) throws MalformedPacketException {
        return new UnrecognizedChunkTypeCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return chunk.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        chunk.writeTo(out);
    }
}
