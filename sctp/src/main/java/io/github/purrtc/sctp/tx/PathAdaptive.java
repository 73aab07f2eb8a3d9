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

    private final int packetPayload;
    private final Bbr bbr;
    private final NewReno newReno;
    private final Competition competition = new Competition();
    /** Since the beginning: NewReno never lets the queue run dry, so that BBR forgets how short the path is. */
    private long leastRttNanos = Long.MAX_VALUE;

    /** Both begin with that window, and take {@code packetPayload} for what of user data fits in one packet. */
    public PathAdaptive(int packetPayload, int initialWindowPackets) {
        this.packetPayload = packetPayload;
        bbr = new Bbr(packetPayload, initialWindowPackets);
        newReno = new NewReno(packetPayload, initialWindowPackets);
    }

    private CongestionControl current() {
        return competition.isOn() || isShort() ? newReno : bbr;
    }

    /** Or not known yet. */
    private boolean isShort() {
        boolean isUnknown = leastRttNanos == Long.MAX_VALUE;
        return isUnknown || (leastRttNanos < SHORT_RTT_NANOS && bbr.path().minRttNanos() < OTHER_PATH_NANOS);
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
        newReno.onSample(sample, fullyUsed);
        if (competition.isOn()) {
            compete(sample);
            return;
        }
        bbr.onSample(sample, fullyUsed);
        if (!isShort() && competition.begins(sample, bbr.path(), bbr.isCruising())) {
            newReno.takeOver(competition.window(sample));
        }
    }

    private void compete(DeliverySample sample) {
        bbr.observe(sample);
        if (competition.ends(sample, bbr.path(), newReno.cwnd() / packetPayload)) {
            competition.onEnd(sample, newReno.cwnd());
            bbr.takeOver(sample);
        }
    }

    @Override
    public void onAllAcked() {
        newReno.onAllAcked();
    }

    @Override
    public void onLoss() {
        newReno.onLoss();
        if (competition.isOn()) {
            competition.onLoss(bbr.path());
            // What was measured two losses ago does not count any more.
            bbr.path().advanceCycle();
        }
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
