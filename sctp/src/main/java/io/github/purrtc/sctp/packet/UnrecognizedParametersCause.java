package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Unrecognized Parameters, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.8">RFC 9260 §3.3.10.8</a>.
 *
 * @param parameters the parameters that were not recognized, their headers included
 */
public record UnrecognizedParametersCause(Bytes parameters) implements ErrorCause {
    public static final int CODE = 8;

    static UnrecognizedParametersCause decode(WireReader value) throws MalformedPacketException {
        return new UnrecognizedParametersCause(value.rest());
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return parameters.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        parameters.writeTo(out);
    }
}
