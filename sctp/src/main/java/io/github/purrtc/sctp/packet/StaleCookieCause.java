package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Stale Cookie, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.3">RFC 9260 §3.3.10.3</a>.
 *
 * @param stalenessMicros how long ago the cookie expired
 */
public record StaleCookieCause(long stalenessMicros) implements ErrorCause {
    public static final int CODE = 3;

    static StaleCookieCause decode(WireReader value) throws MalformedPacketException {
        return new StaleCookieCause(value.uint32());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt((int) stalenessMicros);
    }
}
