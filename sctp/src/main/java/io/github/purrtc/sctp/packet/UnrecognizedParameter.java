package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Unrecognized Parameter, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.3.1">RFC 9260 §3.3.3.1</a>.
 *
 * @param parameter the parameter that was not recognized, its header included
 */
public record UnrecognizedParameter(Bytes parameter) implements Parameter {
    public static final int TYPE = 8;

    static UnrecognizedParameter decode(WireReader value) throws MalformedPacketException {
        return new UnrecognizedParameter(value.rest());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return parameter.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        parameter.writeTo(out);
    }
}
