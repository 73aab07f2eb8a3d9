package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;

/**
 * Finds losses by time: RACK, <a href="https://www.rfc-editor.org/rfc/rfc8985">RFC 8985</a> §6, with TSNs for sequence numbers and with
 * the duplicates that a SACK reports, of what was sent again, for DSACK. What was sent a reordering window before something that has
 * arrived is lost, however many reports there are of it; also when it was sent again already.
 */
final class Rack {
    /** The least reordering window: timers and the reads of a socket are no finer. */
    private static final long GRANULARITY_NANOS = 1_000_000;
    /** §6.2.4: how many recoveries without a duplicate shrink the window again. */
    private static final int PERSISTENCE = 16;

    private static final int SAME_RTT_FRACTION = 32;
    private static final long NONE = -1;

    private final Deadline deadline = new Deadline();
    private long minRttNanos = Long.MAX_VALUE;
    private long rttNanos;
    /** When what was sent last of all that has arrived was sent, and its TSN. */
    private long latestSentAtNanos = Long.MIN_VALUE;

    private long latestTsn = NONE;
    private boolean reorderingSeen;
    private int windowQuarters = 1;
    private int recoveriesLeft;
    private long duplicateRoundEnd = NONE;

    long minRttNanos() {
        return minRttNanos;
    }

    /** Of what arrived last; 0 before anything did. */
    long rttNanos() {
        return rttNanos;
    }

    long latestSentAtNanos() {
        return latestSentAtNanos;
    }

    long latestTsn() {
        return latestTsn;
    }

    /** Whether packets were seen to overtake each other: then reports that one is missing count for nothing, and time alone decides. */
    boolean reorderingSeen() {
        return reorderingSeen;
    }

    long deadlineNanos() {
        return deadline.atNanos();
    }

    boolean expire(long nowNanos) {
        return deadline.expire(nowNanos);
    }

    /** What was not found lost may be so after this time; 0: nothing waits. */
    void arm(long nowNanos, long waitNanos) {
        deadline.stop();
        if (waitNanos > 0) {
            deadline.arm(nowNanos, waitNanos);
        }
    }

    /** §6.2, steps 1 to 3 */
    void onAcked(SackOutcome outcome, long nowNanos) {
        reorderingSeen |= outcome.reordered;
        if (outcome.originalTsn != NONE) {
            minRttNanos = Math.min(minRttNanos, nowNanos - outcome.originalSentAtNanos);
            if (!outcome.isOriginalLate) {
                rttNanos = nowNanos - outcome.originalSentAtNanos;
            }
            advance(outcome.originalSentAtNanos, outcome.originalTsn);
        }
        // What is acknowledged faster than the path carries anything was acknowledged for its first transmission. Small
        // packets are somewhat faster than large ones.
        long leastNanos = minRttNanos - minRttNanos / SAME_RTT_FRACTION;
        if (outcome.repeatedTsn == NONE) {
            return;
        }
        if (nowNanos - outcome.repeatedSentAtNanos >= leastNanos) {
            rttNanos = nowNanos - outcome.repeatedSentAtNanos;
            advance(outcome.repeatedSentAtNanos, outcome.repeatedTsn);
        } else {
            // Else a path on which everything that is overtaken is sent again before it comes would never be known.
            reorderingSeen |= outcome.wasTakenForLost;
        }
    }

    private void advance(long sentAtNanos, long tsn) {
        if (sentAtNanos > latestSentAtNanos || (sentAtNanos == latestSentAtNanos && tsn > latestTsn)) {
            latestSentAtNanos = sentAtNanos;
            latestTsn = tsn;
        }
    }

    /** §6.2.4: the peer got something twice, so the window was too small; it grows once a round trip. */
    void onSpurious(long cumulativeTsnAck, long nextTsn) {
        recoveriesLeft = PERSISTENCE;
        if (cumulativeTsnAck >= duplicateRoundEnd) {
            duplicateRoundEnd = nextTsn;
            windowQuarters++;
        }
    }

    void onRecoveryEnded() {
        if (recoveriesLeft > 0 && --recoveriesLeft == 0) {
            windowQuarters = 1;
        }
    }

    /**
     * How long after it was sent a chunk may be on its way before it is lost.
     *
     * @param toldOfEach whether each packet's arrival is told: then, as long as none was seen to overtake another, nothing has to be waited for
     *     (§6.2.4)
     */
    long allowedNanos(long srttNanos, boolean toldOfEach) {
        if (minRttNanos == Long.MAX_VALUE || (toldOfEach && !reorderingSeen)) {
            return rttNanos + GRANULARITY_NANOS;
        }
        long window = Math.min(minRttNanos / 4 * windowQuarters, srttNanos);
        return rttNanos + Math.max(window, GRANULARITY_NANOS);
    }
}
