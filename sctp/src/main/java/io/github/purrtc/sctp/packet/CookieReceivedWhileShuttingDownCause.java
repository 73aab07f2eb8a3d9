package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Cookie Received While Shutting Down, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.10">RFC 9260 §3.3.10.10</a>.
 */
public record CookieReceivedWhileShuttingDownCause() implements ErrorCause {
    public static final int CODE = 10;

    static CookieReceivedWhileShuttingDownCause decode(WireReader value) {
        return new CookieReceivedWhileShuttingDownCause();
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return 0;
    }

    @Override
    public void writeValue(ByteBuffer out) {}
}
