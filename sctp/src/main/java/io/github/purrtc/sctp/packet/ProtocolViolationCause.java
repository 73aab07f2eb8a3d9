package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Protocol Violation, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.13">RFC 9260 §3.3.10.13</a>.
 *
 * @param information about the violation, by custom a text in UTF-8
 */
public record ProtocolViolationCause(Bytes information) implements ErrorCause {
    public static final int CODE = 13;

    static ProtocolViolationCause decode(WireReader value) throws MalformedPacketException {
        return new ProtocolViolationCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return information.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        information.writeTo(out);
    }
}
