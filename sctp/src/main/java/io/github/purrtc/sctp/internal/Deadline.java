package io.github.purrtc.sctp.internal;

/** A timer as data: a point in time that may be armed, and is asked whether it has passed. */
public final class Deadline {
    /** The deadline of a timer that is not armed. */
    public static final long NEVER = Long.MAX_VALUE;

    private long atNanos = NEVER;

    public long atNanos() {
        return atNanos;
    }

    public boolean isArmed() {
        return atNanos != NEVER;
    }

    public void arm(long nowNanos, long delayNanos) {
        atNanos = after(nowNanos, delayNanos);
    }

    public void stop() {
        atNanos = NEVER;
    }

    /** Whether the deadline has passed; if so, the timer is no longer armed. */
    public boolean expire(long nowNanos) {
        if (nowNanos < atNanos) {
            return false;
        }
        atNanos = NEVER;
        return true;
    }

    /** The time {@code delayNanos} after {@code nowNanos}, or {@link #NEVER} where that is beyond all time. */
    public static long after(long nowNanos, long delayNanos) {
        long at = nowNanos + delayNanos;
        return at < nowNanos ? NEVER : at;
    }
}
