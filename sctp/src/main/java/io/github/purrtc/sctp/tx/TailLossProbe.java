package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.SackView;

/**
 * Asks about the end of a flight before T3-rtx does: RFC 8985 §7. The last chunk goes out once more; what the peer then says tells what is
 * missing, and costs a loss in place of a timeout.
 */
final class TailLossProbe {
    /** What one packet alone may be held back for (RFC 9260 §6.2). */
    private static final long MAX_SACK_DELAY_NANOS = 200_000_000;

    private static final long MIN_PROBE_TIMEOUT_NANOS = 10_000_000;
    private static final long NONE = -1;

    private final Deadline deadline = new Deadline();
    private boolean due;
    private long probedTsn = NONE;
    private long sentAtNanos;

    long deadlineNanos() {
        return deadline.atNanos();
    }

    boolean expire(long nowNanos) {
        due = deadline.expire(nowNanos);
        return due;
    }

    /** Whether the next packet is to be a probe. */
    boolean isDue() {
        return due;
    }

    void stop() {
        deadline.stop();
        due = false;
    }

    /** Ends also what was asked already. */
    void forget() {
        stop();
        probedTsn = NONE;
    }

    /** §7.2: two round trips from now, if T3-rtx is not sooner; one probe at a time. */
    void schedule(long nowNanos, long rttNanos, boolean onePacket, long t3AtNanos) {
        stop();
        if (rttNanos == 0 || probedTsn != NONE) {
            return;
        }
        long wait = Math.max(2 * rttNanos, MIN_PROBE_TIMEOUT_NANOS) + (onePacket ? MAX_SACK_DELAY_NANOS : 0);
        if (nowNanos + wait < t3AtNanos) {
            deadline.arm(nowNanos, wait);
        }
    }

    void onSent(long tsn, long nowNanos) {
        due = false;
        probedTsn = tsn;
        sentAtNanos = nowNanos;
    }

    void onNothingToSend() {
        due = false;
    }

    /** §7.4: whether the SACK tells that the probe made good for a loss that nothing else has told of. */
    boolean hasRepaired(OutstandingData outstanding, SackView sack, long minRttNanos, long nowNanos) {
        if (probedTsn == NONE || !outstanding.isAcked(probedTsn)) {
            return false;
        }
        // What still is missing before it is found by RACK, and counts then.
        boolean allThere = outstanding.cumulativeTsnAck() >= probedTsn;
        boolean wasThere = nowNanos - sentAtNanos < minRttNanos || isDuplicate(sack);
        probedTsn = NONE;
        return allThere && !wasThere;
    }

    private boolean isDuplicate(SackView sack) {
        for (int i = 0; i < sack.duplicateTsnCount(); i++) {
            if (sack.duplicateTsn(i) == (int) probedTsn) {
                return true;
            }
        }
        return false;
    }
}
