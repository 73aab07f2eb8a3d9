package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Missing Mandatory Parameter, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.10.2">RFC 9260 §3.3.10.2</a>. */
public record MissingMandatoryParameterCause(List<Integer> parameterTypes) implements ErrorCause {
    public static final int CODE = 2;

    static MissingMandatoryParameterCause decode(WireReader value) throws MalformedPacketException {
        long count = value.uint32();
        if (value.remaining() != 2 * count) {
            throw new MalformedPacketException("count of missing parameters does not match");
        }
        List<Integer> types = new ArrayList<>(value.remaining() / 2);
        while (value.remaining() > 0) {
            types.add(value.uint16());
        }
        return new MissingMandatoryParameterCause(List.copyOf(types));
    }

    @Override
    public int type() {
        return CODE;
    }

    @Override
    public int valueLength() {
        return 4 + 2 * parameterTypes.size();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(parameterTypes.size());
        for (int type : parameterTypes) {
            out.putShort((short) type);
        }
    }
}
