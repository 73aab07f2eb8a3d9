package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** SHUTDOWN ACK chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.9">RFC 9260 §3.3.9</a>. */
public record ShutdownAckChunk() implements Chunk {
    public static final int TYPE = 8;

    static ShutdownAckChunk decode(int flags, WireReader value) {
        return new ShutdownAckChunk();
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 0;
    }

    @Override
    public void writeValue(ByteBuffer out) {}
}
