package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Out of Resource, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.4">RFC 9260 §3.3.10.4</a>.
 */
public record OutOfResourceCause() implements ErrorCause {
    public static final int CODE = 4;

    static OutOfResourceCause decode(WireReader value) {
        return new OutOfResourceCause();
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
