package io.github.purrtc.dtls.internal;

/** RFC 6347 §4.1.2.6, for records that are not authenticated: a number far ahead does not move the window. */
final class ReplayWindow {
    private static final int SIZE = Long.SIZE;

    /** A handshake takes some dozens of records; a forged number must not lock out what follows. */
    private static final int MAX_ADVANCE = 1024;

    private long latest = -1;
    private long bitmap;

    /** Whether the number is new, and neither too old nor too far ahead; remembers it if so. */
    boolean accept(long sequenceNumber) {
        long ahead = sequenceNumber - latest;
        if (ahead > MAX_ADVANCE) {
            return false;
        }
        if (ahead > 0) {
            bitmap = ahead >= SIZE ? 1 : bitmap << ahead | 1;
            latest = sequenceNumber;
            return true;
        }
        long bit = -ahead >= SIZE ? 0 : 1L << -ahead;
        boolean fresh = bit != 0 && (bitmap & bit) == 0;
        bitmap |= bit;
        return fresh;
    }
}
