package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.internal.Deadline;

/**
 * When to acknowledge: RFC 9260 §6.2. "At least every second packet" is met once for a whole burst: the packets of one read of the
 * socket arrived together, and one SACK says about them what many would say. Where {@link SackThinning} is on, one SACK stands for
 * several bursts.
 *
 * <p>After T3-rtx has expired, what we send does not get through, and it may be for the SACKs: behind holes there is one for each packet that
 * arrives, and all of them together may fill the queue of a slow way back in which each retransmission is dropped. Then they follow
 * each other as seldom as §6.2 allows, as far as they do not go with DATA anyway.
 */
public final class SackSchedule {
    /** §6.2: what an acknowledgement may be held back for. */
    private static final long MOST_DELAY_NANOS = 200_000_000;

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
    private long yieldsUntilNanos = Long.MIN_VALUE;
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

    /**
     * @param rttNanos 0 if it is unknown
     * @param yields whether T3-rtx has expired and nothing was acknowledged since
     */
    void endOfBurst(long rttNanos, boolean yields, long nowNanos) {
        if (thins) {
            thinning.endOfBurst(burstPackets, rttNanos, nowNanos);
        }
        burstPackets = 0;
        if (packets == 0 || due == Due.NOW) {
            return;
        }
        boolean isSoon = due == Due.SOON || packets >= thinning.mostPackets();
        long waitNanos = isSoon ? 0 : thinning.mostNanos(delayNanos);
        if (yields && yieldsUntilNanos > nowNanos) {
            waitNanos = Math.max(waitNanos, yieldsUntilNanos - nowNanos);
        }
        if (waitNanos > 0) {
            armAtMost(waitNanos, nowNanos);
        } else {
            request();
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
        deadline.stop();
    }

    public boolean isDue() {
        return due == Due.NOW;
    }

    /** Whether anything arrived that no SACK has gone out for: a packet with room may carry one. */
    public boolean isPending() {
        return packets > 0 || due != Due.NOT;
    }

    void onSackSent(long nowNanos) {
        yieldsUntilNanos = nowNanos + MOST_DELAY_NANOS;
        due = Due.NOT;
        packets = 0;
        deadline.stop();
    }

    public long deadlineNanos() {
        return deadline.atNanos();
    }
}
