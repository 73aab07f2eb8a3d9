package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Invalid Mandatory Parameter, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.7">RFC 9260 §3.3.10.7</a>.
 */
public record InvalidMandatoryParameterCause() implements ErrorCause {
    public static final int CODE = 7;

    static InvalidMandatoryParameterCause decode(WireReader value) {
        return new InvalidMandatoryParameterCause();
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
