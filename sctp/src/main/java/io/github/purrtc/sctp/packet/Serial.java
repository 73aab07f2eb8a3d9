package io.github.purrtc.sctp.packet;

/** Serial number arithmetic (RFC 1982, RFC 9260 §1.6): sequence numbers are unwrapped to {@code long} at the door. */
public final class Serial {
    private Serial() {}

    /** Unwraps the first 32-bit number of a sequence, far enough from zero that its predecessors stay positive. */
    public static long first32(int raw) {
        return (1L << 32) | Integer.toUnsignedLong(raw);
    }

    /** Unwraps the first 16-bit number of a sequence, far enough from zero that its predecessors stay positive. */
    public static long first16(int raw) {
        return (1L << 16) | (raw & 0xFFFF);
    }

    /** The number nearest to {@code reference} whose low 32 bits are {@code raw}; the one 2^31 away counts as earlier. */
    public static long unwrap32(long reference, int raw) {
        return reference + (raw - (int) reference);
    }

    /** The number nearest to {@code reference} whose low 16 bits are {@code raw}; the one 2^15 away counts as earlier. */
    public static long unwrap16(long reference, int raw) {
        return reference + (short) (raw - (int) reference);
    }
}
