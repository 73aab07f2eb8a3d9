package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * SSN/TSN Reset Request, <a href="https://www.rfc-editor.org/rfc/rfc6525#section-4.3">RFC 6525 §4.3</a>.
 */
public record SsnTsnResetRequest(int requestSequenceNumber) implements Parameter {
    public static final int TYPE = 15;

    static SsnTsnResetRequest decode(WireReader value) throws MalformedPacketException {
        return new SsnTsnResetRequest(value.int32());
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 4;
    }

    @Override
    public void writeValue(ByteBuffer out) {
        out.putInt(requestSequenceNumber);
    }
}
