package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** A chunk of a type that nothing here knows; {@link UnrecognizedAction#ofChunk} says what to do with it. */
public record UnknownChunk(int type, int flags, Bytes value) implements Chunk {
    static UnknownChunk decode(int type, int flags, WireReader value) throws MalformedPacketException {
        return new UnknownChunk(type, flags, value.rest());
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
