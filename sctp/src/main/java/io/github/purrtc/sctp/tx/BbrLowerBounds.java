package io.github.purrtc.sctp.tx;

/**
 * What the path is taken to carry until the next probe, since others use it too: BBR's short-term model (draft-ietf-ccwg-bbr §5.5.10.3).
 *
 * <p>After a round with losses at a full queue, more than the path's own, it follows what was delivered, and falls by no more than
 * {@link #BETA}. What is under way may fall to what that takes without the queue; the draft's {@code inflight_latest} counts the queue as
 * well, so that a flow that has filled it never makes room for another. A long queue that stands counts as well, once between two probes,
 * for it need not be so full that packets are lost: more often, and who fills it would take all.
 */
final class BbrLowerBounds {
    private static final double BETA = 0.7;
    private static final double NANOS_PER_SECOND = 1e9;

    /** Bytes a second. */
    private double bandwidth = Double.MAX_VALUE;

    private double inflight = Double.MAX_VALUE;
    private double latestBandwidth;
    private long nextRoundDelivered;
    /** In this round, at a full queue. */
    private long lostBytes;

    private long ackedBytes;
    /** Whether room was made for a queue that stands, since the last probe. */
    private boolean hasYielded;

    double bandwidth() {
        return bandwidth;
    }

    double inflight() {
        return inflight;
    }

    /** A probe begins. */
    void reset() {
        bandwidth = Double.MAX_VALUE;
        inflight = Double.MAX_VALUE;
        hasYielded = false;
    }

    /**
     * Takes a sample in.
     *
     * @param isProbing whether losses are those that the sender itself looks for
     * @param isSteady whether it sends for a while as fast as was measured: a queue that stands is others', or that was too much
     * @return whether the bounds fell because of losses
     */
    boolean onSample(
            DeliverySample sample, BbrPath path, BbrLosses losses, boolean isProbing, boolean isSteady, long cwnd) {
        if (!sample.isValid) {
            return false;
        }
        latestBandwidth = Math.max(latestBandwidth, sample.bytesPerSecond);
        ackedBytes += sample.ackedBytes;
        if (path.hasFullQueue() && !isProbing) {
            lostBytes += sample.lostBytes;
        }
        if (sample.priorDeliveredBytes < nextRoundDelivered) {
            return false;
        }
        boolean isCut = losses.areMoreThanOwn(lostBytes, ackedBytes + lostBytes);
        boolean isYielding = isSteady && !hasYielded && path.hasLongQueue();
        if (isCut || isYielding) {
            fall(path, Math.min(inflight, (double) cwnd));
            hasYielded |= isYielding;
        } else {
            // What fell because SACKs stayed away was no sign of others.
            bandwidth = Math.max(bandwidth, latestBandwidth);
        }
        beginRound(sample);
        return isCut;
    }

    /** A probe has found the path full. */
    void cut(DeliverySample sample, BbrPath path) {
        fall(path, (double) (sample.inFlightBytes + sample.lostBytes));
        beginRound(sample);
    }

    private void fall(BbrPath path, double inflightBefore) {
        bandwidth = Math.max(latestBandwidth, BETA * Math.min(bandwidth, path.bandwidth()));
        double withoutQueue = latestBandwidth * path.minRttNanos() / NANOS_PER_SECOND;
        inflight = Math.max(withoutQueue, BETA * inflightBefore);
    }

    private void beginRound(DeliverySample sample) {
        nextRoundDelivered = sample.deliveredBytes;
        latestBandwidth = sample.bytesPerSecond;
        lostBytes = 0;
        ackedBytes = 0;
    }
}
