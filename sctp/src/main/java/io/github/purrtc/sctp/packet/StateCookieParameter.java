package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * State Cookie, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.3.1">RFC 9260 §3.3.3.1</a>: opaque to all but its sender.
 */
public record StateCookieParameter(Bytes cookie) implements Parameter {
    public static final int TYPE = 7;

    static StateCookieParameter decode(WireReader value) throws MalformedPacketException {
        return new StateCookieParameter(value.rest());
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
