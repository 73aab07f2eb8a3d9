package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Forward-TSN-Supported, <a href="https://www.rfc-editor.org/rfc/rfc3758#section-3.1">RFC 3758 §3.1</a>.
 */
public record ForwardTsnSupportedParameter() implements Parameter {
    public static final int TYPE = 0xC000;

    static ForwardTsnSupportedParameter decode(WireReader value) {
        return new ForwardTsnSupportedParameter();
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return 0;
    }

    @Override
    public void writeValue(ByteBuffer out) {}
}
