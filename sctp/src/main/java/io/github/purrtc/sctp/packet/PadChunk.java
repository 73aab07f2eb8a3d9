package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * PAD chunk, <a href="https://www.rfc-editor.org/rfc/rfc4820#section-3">RFC 4820 §3</a>: to be ignored.
 *
 * @param paddingLength the length of the value in bytes; what it holds has no meaning
 */
public record PadChunk(int paddingLength) implements Chunk {
    public static final int TYPE = 132;

    static PadChunk decode(int flags, WireReader value) throws MalformedPacketException {
        int length = value.remaining();
        value.advance(length);
        return new PadChunk(length);
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return paddingLength;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        for (int i = 0; i < paddingLength; i++) {
            out.put((byte) 0);
        }
    }
}
