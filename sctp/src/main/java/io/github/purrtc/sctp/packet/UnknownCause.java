package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** An error cause of a code that nothing here knows. */
public record UnknownCause(int type, Bytes value) implements ErrorCause {
    static UnknownCause decode(int type, WireReader value) throws MalformedPacketException {
        return new UnknownCause(type, value.rest());
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
