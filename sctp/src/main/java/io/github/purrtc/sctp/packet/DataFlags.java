package io.github.purrtc.sctp.packet;

/** The flags of DATA (RFC 9260 §3.3.1, I: RFC 7053) and I-DATA (RFC 8260 §2.1). */
public final class DataFlags {
    /** E: the last fragment of a message. */
    public static final int END = 1;
    /** B: the first fragment of a message. */
    public static final int BEGINNING = 2;
    /** U: unordered. */
    public static final int UNORDERED = 4;
    /** I: the receiver should not delay its SACK. */
    public static final int IMMEDIATE = 8;

    static final int MASK = 15;

    private DataFlags() {}
}
