package io.github.purrtc.sctp.tx;

/**
 * Whether packets larger than the base size get through (RFC 8899 §4.3), by one of them at a time. T3-rtx tells it as well, but not where
 * what is lost is given up, and only the small ones arrive.
 */
final class LargePacketWatch {
    private static final int LOST_IN_A_ROW = 3;
    private static final long NONE = -1;

    private final OutstandingData outstanding;
    private final int basePacketSize;
    /** One that the packet under watch carries. */
    private long tsn = NONE;

    private int lost;

    LargePacketWatch(OutstandingData outstanding, int basePacketSize) {
        this.outstanding = outstanding;
        this.basePacketSize = basePacketSize;
    }

    /** A packet was sent, in which the new TSNs are those from {@code firstNewTsn} on, if there are any. */
    void onSent(int packetLength, long firstNewTsn) {
        if (tsn == NONE && packetLength > basePacketSize && outstanding.nextTsn() > firstNewTsn) {
            tsn = outstanding.nextTsn() - 1;
        }
    }

    /** A SACK was taken in. */
    void look() {
        if (tsn == NONE) {
            return;
        }
        if (outstanding.isAcked(tsn)) {
            lost = 0;
            tsn = NONE;
        } else if (!outstanding.isInFlight(tsn)) {
            // What was given up for its age may have arrived.
            lost += outstanding.isReportedMissing(tsn) ? 1 : 0;
            tsn = NONE;
        }
    }

    /** Says so once, and begins to count anew. */
    boolean areLost() {
        if (lost < LOST_IN_A_ROW) {
            return false;
        }
        lost = 0;
        return true;
    }
}
