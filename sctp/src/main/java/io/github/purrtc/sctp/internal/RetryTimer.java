package io.github.purrtc.sctp.internal;

/** A timer that is armed again each time it expires, after twice the time: T1-init, T1-cookie and T2-shutdown of RFC 9260. */
public final class RetryTimer {
    private final Deadline deadline = new Deadline();
    private final long maxNanos;
    private final int maxRetries;
    private long intervalNanos;
    private int expirations;
    private final long startedAtNanos;

    public RetryTimer(long nowNanos, long intervalNanos, long maxNanos, int maxRetries) {
        startedAtNanos = nowNanos;
        this.intervalNanos = intervalNanos;
        this.maxNanos = maxNanos;
        this.maxRetries = maxRetries;
        deadline.arm(nowNanos, intervalNanos);
    }

    /** Whether it expired; if so it runs again unless it {@link #isExhausted}. */
    public boolean expire(long nowNanos) {
        if (!deadline.expire(nowNanos)) {
            return false;
        }
        expirations++;
        intervalNanos = Math.min(intervalNanos * 2, maxNanos);
        if (!isExhausted()) {
            deadline.arm(nowNanos, intervalNanos);
        }
        return true;
    }

    /** Whether it expired once more than there are retries. */
    public boolean isExhausted() {
        return expirations > maxRetries;
    }

    /** The time since the start, or -1 if it expired meanwhile: nobody knows which one was answered (Karn's rule). */
    public long roundTripNanos(long nowNanos) {
        return expirations == 0 ? nowNanos - startedAtNanos : -1;
    }

    /** Starts the present interval from the beginning. */
    public void restart(long nowNanos) {
        deadline.arm(nowNanos, intervalNanos);
    }

    public long deadlineNanos() {
        return deadline.atNanos();
    }
}
