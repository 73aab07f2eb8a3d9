package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;

/**
 * When the next packet may go out: as much as the congestion control's rate allows, in bursts of half a millisecond to one, so that the
 * layers below can send many packets at a time. Who comes late for what waited makes up for it: else the rate would be that of the timers,
 * and a congestion control that measures what it sends would take it for the path's. A rate of 0 is none.
 */
final class Pacer {
    private static final long BURST_NANOS = 1_000_000;
    private static final int MIN_BURST_PACKETS = 2;
    /** What is made up for at most: as coarse as timers of operating systems are. */
    private static final long MOST_LATE_NANOS = 16_000_000;

    /** RFC 9002 §7.7: what may go out when nothing is under way, as at the beginning. */
    private static final int INITIAL_BURST_PACKETS = 10;

    private static final double NANOS_PER_SECOND = 1e9;

    private final int packetPayload;
    private long bytesPerSecond;
    /** What may go out at once. */
    private double credit;

    private long creditAtNanos;
    /** Whether the burst is used up, and half of the next one is waited for. */
    private boolean closed;

    private long releaseAtNanos = Deadline.NEVER;
    /** When what was refused might have gone out. */
    private long waitedForNanos = Deadline.NEVER;

    Pacer(int packetPayload) {
        this.packetPayload = packetPayload;
    }

    /** What goes out in one burst at most. */
    long burstBytes() {
        long bytes = (long) (bytesPerSecond * (BURST_NANOS / NANOS_PER_SECOND));
        return Math.max(bytes, (long) MIN_BURST_PACKETS * packetPayload);
    }

    void setRate(long value, long nowNanos) {
        accrue(nowNanos);
        bytesPerSecond = value;
    }

    /** Nothing is under way. */
    void restart(long nowNanos) {
        credit = (double) Math.max(burstBytes(), (long) INITIAL_BURST_PACKETS * packetPayload);
        creditAtNanos = nowNanos;
        closed = false;
    }

    /** Whether a packet may go out. If not, {@link #deadlineNanos} tells when. */
    boolean isOpen(long nowNanos) {
        if (bytesPerSecond == 0) {
            return true;
        }
        accrue(nowNanos);
        double missing = burstBytes() / 2.0 - credit;
        closed &= missing > 0;
        releaseAtNanos = Deadline.NEVER;
        if (closed) {
            releaseAtNanos = nowNanos + 1 + (long) (missing * NANOS_PER_SECOND / bytesPerSecond);
        }
        waitedForNanos = releaseAtNanos;
        return !closed;
    }

    void onSent(long bytes) {
        credit -= bytes;
        closed |= credit <= 0;
    }

    /** When what was refused may go out; {@link Deadline#NEVER} when nothing was. */
    long deadlineNanos() {
        return releaseAtNanos;
    }

    void onTimeout(long nowNanos) {
        if (nowNanos >= releaseAtNanos) {
            releaseAtNanos = Deadline.NEVER;
        }
    }

    /** What was refused is not waited for. */
    void stop() {
        releaseAtNanos = Deadline.NEVER;
        waitedForNanos = Deadline.NEVER;
    }

    private void accrue(long nowNanos) {
        double earned = bytesIn(nowNanos - creditAtNanos);
        credit = Math.max(credit, Math.min(burstBytes() + bytesIn(lateNanos(nowNanos)), credit + earned));
        creditAtNanos = nowNanos;
    }

    private long lateNanos(long nowNanos) {
        return waitedForNanos < nowNanos ? Math.min(nowNanos - waitedForNanos, MOST_LATE_NANOS) : 0;
    }

    private double bytesIn(long nanos) {
        return nanos * (bytesPerSecond / NANOS_PER_SECOND);
    }
}
