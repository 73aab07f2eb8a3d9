package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;

/** T3-rtx: RFC 9260 §6.3.2. It runs while anything is outstanding. */
final class RetransmissionTimer {
    private final Deadline deadline = new Deadline();
    private final OutstandingData outstanding;
    private final RetransmissionTimeout timeout;

    RetransmissionTimer(OutstandingData outstanding, RetransmissionTimeout timeout) {
        this.outstanding = outstanding;
        this.timeout = timeout;
    }

    /** R1 */
    void arm(long nowNanos) {
        if (!deadline.isArmed() && !outstanding.isEmpty()) {
            deadline.arm(nowNanos, timeout.rtoNanos());
        }
    }

    /** R2 to R4 */
    void restart(long nowNanos) {
        deadline.stop();
        arm(nowNanos);
    }

    /** The timeout may be shorter than when it began, as what that was backed off for is over: it runs no longer than one from now on. */
    void shorten(long nowNanos) {
        if (deadline.isArmed() && Deadline.after(nowNanos, timeout.rtoNanos()) < deadline.atNanos()) {
            restart(nowNanos);
        }
    }

    void stop() {
        deadline.stop();
    }

    boolean expire(long nowNanos) {
        return deadline.expire(nowNanos);
    }

    long deadlineNanos() {
        return deadline.atNanos();
    }
}
