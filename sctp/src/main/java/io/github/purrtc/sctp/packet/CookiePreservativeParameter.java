package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Cookie Preservative, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.2.1">RFC 9260 §3.3.2.1</a>.
 *
 * @param lifeSpanIncrementMillis by how much the sender wishes the cookie to live longer
 */
public record CookiePreservativeParameter(long lifeSpanIncrementMillis) implements Parameter {
    public static final int TYPE = 9;

    static CookiePreservativeParameter decode(WireReader value) throws MalformedPacketException {
        return new CookiePreservativeParameter(value.uint32());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt((int) lifeSpanIncrementMillis);
    }
}
