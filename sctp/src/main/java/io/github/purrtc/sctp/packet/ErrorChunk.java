package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * ERROR chunk, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10">RFC 9260 §3.3.10</a>.
 */
public record ErrorChunk(List<ErrorCause> causes) implements Chunk {
    public static final int TYPE = 9;

    static ErrorChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new ErrorChunk(value.elements(ErrorCause::decode));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return Wire.listLength(causes);
    }

    @Override
    public void writeValue(ByteBuffer out) {
        Wire.writeList(out, causes);
    }
}
