package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * User-Initiated Abort, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.12">RFC 9260 §3.3.10.12</a>.
 *
 * @param reason of the upper layer, by custom a text in UTF-8
 */
public record UserInitiatedAbortCause(Bytes reason) implements ErrorCause {
    public static final int CODE = 12;

    static UserInitiatedAbortCause decode(WireReader value) throws MalformedPacketException {
        return new UserInitiatedAbortCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return reason.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        reason.writeTo(out);
    }
}
