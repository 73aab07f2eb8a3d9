package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * COOKIE ECHO chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.11">RFC 9260 §3.3.11</a>.
 *
 * @param cookie the State Cookie of the INIT ACK, as it was
 */
public record CookieEchoChunk(Bytes cookie) implements Chunk {
    public static final int TYPE = 10;

    static CookieEchoChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new CookieEchoChunk(value.rest());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return cookie.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        cookie.writeTo(out);
    }
}
