package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/**
 * Heartbeat Info, <a href="https://www.rfc-editor.org/rfc/rfc9260#section-3.3.5">RFC 9260 §3.3.5</a>: opaque to all but its sender.
 */
public record HeartbeatInfoParameter(Bytes info) implements Parameter {
    public static final int TYPE = 1;

    static HeartbeatInfoParameter decode(WireReader value) throws MalformedPacketException {
        return new HeartbeatInfoParameter(value.rest());
    }

    /** What stands in front of information of that length. */
    static int header(int infoLength) {
        return TYPE << 16 | Wire.TLV_HEADER_LENGTH + infoLength;
    }

    @Override
    public int type() {
        return TYPE;
    }

    @Override
    public int valueLength() {
        return info.length();
    }

    @Override
    public void writeValue(ByteBuffer out) {
        info.writeTo(out);
    }
}
