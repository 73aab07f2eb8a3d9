package io.github.purrtc.sctp.tx;

/** What a SACK told: filled anew by each {@link Acknowledgements#handleSack}. */
final class SackOutcome {
    private static final long NONE = -1;

    /** Bytes acknowledged for the first time, by the Cumulative TSN Ack or by a gap ack block. */
    long bytesAcked;
    /** What of that may have arrived long ago, and nothing has told. */
    long lateBytes;
    /** The highest TSN acknowledged for the first time, or -1. */
    long highestNewlyAcked;
    /** Whether a TSN has now been found lost, and is to be retransmitted. */
    boolean lossFound;
    /** Whether something arrived behind what was sent later. */
    boolean reordered;
    /** Whether something arrived that was taken for lost and not sent again yet. */
    boolean ackedThoughLost;
    /** Of what was sent once and is newly acknowledged, that which was sent last; -1 for none. */
    long originalTsn;

    long originalSentAtNanos;
    /** Whether it may have arrived long ago, and no SACK has told. */
    boolean isOriginalLate;
    /** The same of what was sent more than once. */
    long repeatedTsn;

    long repeatedSentAtNanos;
    /** Whether it was sent again because it was missing, and neither hidden nor was the word of it lost. */
    boolean wasTakenForLost;

    void clear() {
        bytesAcked = 0;
        lateBytes = 0;
        highestNewlyAcked = NONE;
        lossFound = false;
        reordered = false;
        ackedThoughLost = false;
        originalTsn = NONE;
        repeatedTsn = NONE;
    }

    void onOriginal(long tsn, long sentAtNanos, boolean late) {
        if (originalTsn == NONE || sentAtNanos >= originalSentAtNanos) {
            originalTsn = tsn;
            originalSentAtNanos = sentAtNanos;
            isOriginalLate = late;
        }
    }

    void onRepeated(long tsn, long sentAtNanos, boolean takenForLost) {
        if (repeatedTsn == NONE || sentAtNanos >= repeatedSentAtNanos) {
            repeatedTsn = tsn;
            repeatedSentAtNanos = sentAtNanos;
            wasTakenForLost = takenForLost;
        }
    }
}
