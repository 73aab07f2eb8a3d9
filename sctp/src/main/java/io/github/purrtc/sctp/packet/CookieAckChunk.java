package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** COOKIE ACK chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.12">RFC 9260 §3.3.12</a>. */
public record CookieAckChunk() implements Chunk {
    public static final int TYPE = 11;

    static CookieAckChunk decode(int flags, WireReader value) {
        return new CookieAckChunk();
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
