package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.internal.Deadline;

/**
 * When to acknowledge: RFC 9260 §6.2. "At least every second packet" is met once for a whole burst: the packets of one read of the
 * socket arrived together, and one SACK says about them what many would say.
 */
public final class SackSchedule {
    private enum Due {
        NOT,
        /** At the end of the burst. */
        SOON,
        NOW
    }

    private final long delayNanos;
    private final Deadline deadline = new Deadline();
    private Due due = Due.NOT;
    private int packets;
    private boolean first = true;

    public SackSchedule(long delayNanos) {
        this.delayNanos = delayNanos;
    }

    /** A packet with DATA or FORWARD TSN was taken in. */
    public void onDataPacket(boolean immediate) {
        packets++;
        // §6.2: the first DATA, a gap, a duplicate; RFC 7053: the I bit.
        if (first || immediate) {
            first = false;
            due = Due.SOON;
        }
    }

    public void endOfBurst(long nowNanos) {
        if (due == Due.SOON || packets > 1) {
            due = Due.NOW;
            deadline.stop();
        } else if (packets == 1 && due == Due.NOT && !deadline.isArmed()) {
            deadline.arm(nowNanos, delayNanos);
        }
    }

    public void onTimeout(long nowNanos) {
        if (deadline.expire(nowNanos)) {
            due = Due.NOW;
        }
    }

    /** Asks for a SACK whatever has arrived: the receive window opened, or a SHUTDOWN goes out. */
    public void request() {
        due = Due.NOW;
    }

    public boolean isDue() {
        return due == Due.NOW;
    }

    /** Whether anything arrived that no SACK has gone out for: a packet with room may carry one. */
    public boolean isPending() {
        return packets > 0 || due != Due.NOT;
    }

    public void onSackSent() {
        due = Due.NOT;
        packets = 0;
        deadline.stop();
    }

    public long deadlineNanos() {
        return deadline.atNanos();
    }
}
