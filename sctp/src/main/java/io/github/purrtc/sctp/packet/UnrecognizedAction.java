package io.github.purrtc.sctp.packet;

/** What the two highest bits of an unknown chunk type (RFC 9260 §3.2) or parameter type (§3.2.1) ask for. */
public enum UnrecognizedAction {
    /** 00: process nothing further, say nothing. */
    STOP,
    /** 01: process nothing further, report it. */
    STOP_AND_REPORT,
    /** 10: go on with the next. */
    SKIP,
    /** 11: go on with the next, report it. */
    SKIP_AND_REPORT;

    private static final UnrecognizedAction[] BY_BITS = values();

    public static UnrecognizedAction ofChunk(int type) {
        return BY_BITS[type >>> 6 & 3];
    }

    public static UnrecognizedAction ofParameter(int type) {
        return BY_BITS[type >>> 14 & 3];
    }

    public boolean stops() {
        return this == STOP || this == STOP_AND_REPORT;
    }

    public boolean reports() {
        return this == STOP_AND_REPORT || this == SKIP_AND_REPORT;
    }
}
