package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/**
 * RE-CONFIG chunk, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-3.1">RFC 6525 §3.1</a>.
 *
 * @param parameters one or two of RFC 6525 §4; which combinations are legal is for the association to judge
 */
public record ReConfigChunk(List<Parameter> parameters) implements Chunk {
    public static final int TYPE = 130;

    static ReConfigChunk decode(int flags, WireReader value) throws MalformedPacketException {
        return new ReConfigChunk(value.elements(Parameter::decode));
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return Wire.listLength(parameters);
    }

    @Override
    public void writeValue(ByteBuffer out) {
        Wire.writeList(out, parameters);
    }
}
