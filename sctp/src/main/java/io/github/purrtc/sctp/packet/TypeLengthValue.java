package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;

/** A parameter (RFC 9260 §3.2.1) or an error cause (§3.3.10): 16 bits of type, 16 bits of length, the value. */
public sealed interface TypeLengthValue permits Parameter, ErrorCause {
    int type();

    int valueLength();

    void writeValue(ByteBuffer out);

    /** The length as written on the wire: header and value, without padding. */
    default int length() {
        return Wire.TLV_HEADER_LENGTH + valueLength();
    }

    /** Writes header and value, without padding. */
    default void write(ByteBuffer out) {
        out.putShort((short) type());
        out.putShort((short) length());
        writeValue(out);
    }
}
