package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.List;

/** What every type-length-value unit has in common when it is written: RFC 9260 §3.2 and §3.2.1. */
final class Wire {
    /** Type, flags and length of a chunk, or type and length of a parameter or cause. */
    static final int TLV_HEADER_LENGTH = 4;

    private Wire() {}

    /** The length with the 0 to 3 bytes of padding to a multiple of 4. */
    static int padded(int length) {
        return (length + 3) & ~3;
    }

    static void chunkHeader(ByteBuffer out, int type, int flags, int length) {
        out.putInt(type << 24 | (flags & 0xFF) << 16 | (length & 0xFFFF));
    }

    /** Ends a unit of {@code length} bytes: padding bytes are zero (RFC 9260 §3.2). */
    static void pad(ByteBuffer out, int length) {
        for (int i = length; (i & 3) != 0; i++) {
            out.put((byte) 0);
        }
    }

    /** The length of a list of parameters or causes as a chunk counts it: without the padding of the last (RFC 9260 §3.2). */
    static int listLength(List<? extends TypeLengthValue> list) {
        int length = 0;
        for (TypeLengthValue element : list) {
            length = padded(length) + element.length();
        }
        return length;
    }

    /** Writes the list without the padding of its last element, which is the chunk's own. */
    static void writeList(ByteBuffer out, List<? extends TypeLengthValue> list) {
        int length = 0;
        for (TypeLengthValue element : list) {
            pad(out, length);
            element.write(out);
            length = element.length();
        }
    }
}
