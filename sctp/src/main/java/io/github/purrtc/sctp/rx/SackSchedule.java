package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.internal.Deadline;

/**
 * When to acknowledge: RFC 9260 §6.2. "At least every second packet" is met once for a whole burst: the packets of one read of the
 * socket arrived together, and one SACK says about them what many would say. Where {@link SackThinning} is on, one SACK stands for
 * several bursts.
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
    private final boolean thins;
    private final SackThinning thinning = new SackThinning();
    private int packets;
    private int burstPackets;
    private boolean first = true;

    /** @param thins whether the peer's sender is content with fewer than one SACK for two packets */
    SackSchedule(long delayNanos, boolean thins) {
        this.delayNanos = delayNanos;
        this.thins = thins;
    }

    /** A packet with DATA or FORWARD TSN was taken in. */
    void onDataPacket(boolean immediate) {
        packets++;
        burstPackets++;
        // §6.2: the first DATA, a gap, a duplicate; RFC 7053: the I bit.
        if (first || immediate) {
            first = false;
            due = Due.SOON;
        }
    }

    /** @param rttNanos 0 if it is unknown */
    void endOfBurst(long rttNanos, long nowNanos) {
        if (thins) {
            thinning.endOfBurst(burstPackets, rttNanos, nowNanos);
        }
        burstPackets = 0;
        if (due == Due.SOON || packets >= thinning.mostPackets()) {
            due = Due.NOW;
            deadline.stop();
        } else if (packets > 0 && due == Due.NOT) {
            armAtMost(thinning.mostNanos(delayNanos), nowNanos);
        }
    }

    private void armAtMost(long waitNanos, long nowNanos) {
        if (Deadline.after(nowNanos, waitNanos) < deadline.atNanos()) {
            deadline.arm(nowNanos, waitNanos);
        }
    }

    /** Whether one SACK stands for more than two packets. */
    boolean isThinned() {
        return thinning.isOn();
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

    void onSackSent() {
        due = Due.NOT;
        packets = 0;
        deadline.stop();
    }

    public long deadlineNanos() {
        return deadline.atNanos();
    }
}
