package io.github.purrtc.sctp.tx;

/**
 * BBR, and NewReno where the round trip is shorter than what can be paced: on one machine or in one room. There a round is shorter than the
 * bursts in which sockets are read, so that rounds tell nothing of a bandwidth, and nothing is lost but at a full queue. Both hear of
 * everything, so that either may take over.
 */
public final class PathAdaptive implements CongestionControl {
    private static final long SHORT_RTT_NANOS = 1_000_000;
    /** A round trip of a full window on a short path is not longer; if it is, the path is another than it was. */
    private static final long OTHER_PATH_NANOS = 20_000_000;

    private final Bbr bbr;
    private final NewReno newReno;
    /** Since the beginning: NewReno never lets the queue run dry, so that BBR forgets how short the path is. */
    private long leastRttNanos = Long.MAX_VALUE;

    /** Both begin with that window, and take {@code packetPayload} for what of user data fits in one packet. */
    public PathAdaptive(int packetPayload, int initialWindowPackets) {
        bbr = new Bbr(packetPayload, initialWindowPackets);
        newReno = new NewReno(packetPayload, initialWindowPackets);
    }

    private CongestionControl current() {
        boolean isUnknown = leastRttNanos == Long.MAX_VALUE;
        boolean isShort = leastRttNanos < SHORT_RTT_NANOS && bbr.minRttNanos() < OTHER_PATH_NANOS;
        return isUnknown || isShort ? newReno : bbr;
    }

    @Override
    public long cwnd() {
        return current().cwnd();
    }

    @Override
    public long ssthresh() {
        return current().ssthresh();
    }

    @Override
    public long pacingRate(long srttNanos) {
        return current().pacingRate(srttNanos);
    }

    @Override
    public void onCumulativeAck(long bytesAcked, boolean fullyUsed, boolean recovering, long nowNanos, long srttNanos) {
        newReno.onCumulativeAck(bytesAcked, fullyUsed, recovering, nowNanos, srttNanos);
    }

    @Override
    public void onSample(DeliverySample sample, boolean fullyUsed) {
        if (sample.isValid && sample.rttNanos > 0) {
            leastRttNanos = Math.min(leastRttNanos, sample.rttNanos);
        }
        bbr.onSample(sample, fullyUsed);
        newReno.onSample(sample, fullyUsed);
    }

    @Override
    public void onAllAcked() {
        newReno.onAllAcked();
    }

    @Override
    public void onLoss() {
        newReno.onLoss();
    }

    @Override
    public void onTimeout() {
        bbr.onTimeout();
        newReno.onTimeout();
    }

    @Override
    public void saveForUndo() {
        newReno.saveForUndo();
    }

    @Override
    public void undoTimeouts() {
        bbr.undoTimeouts();
        newReno.undoTimeouts();
    }

    @Override
    public void onIdle(long timeouts) {
        bbr.onIdle(timeouts);
        newReno.onIdle(timeouts);
    }
}
