package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** A parameter of a type that nothing here knows; {@link UnrecognizedAction#ofParameter} says what to do with it. */
public record UnknownParameter(int type, Bytes value) implements Parameter {
    static UnknownParameter decode(int type, WireReader value) throws MalformedPacketException {
        return new UnknownParameter(type, value.rest());
    }

    @Override
    public int valueLength() {
        return value.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        value.writeTo(out);
    }
}
