package io.github.purrtc.sctp.tx;

/** What a SACK told: filled anew by each {@link OutstandingData#handleSack}. */
final class SackOutcome {
    /** Bytes acknowledged for the first time, by the Cumulative TSN Ack or by a gap ack block. */
    long bytesAcked;
    /** The highest TSN acknowledged for the first time, or -1. */
    long highestNewlyAcked;
    /** Whether a TSN has now been reported missing often enough to be retransmitted. */
    boolean lossFound;

    void clear() {
        bytesAcked = 0;
        highestNewlyAcked = -1;
        lossFound = false;
    }
}
