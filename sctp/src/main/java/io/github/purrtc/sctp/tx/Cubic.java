package io.github.purrtc.sctp.tx;

/**
 * CUBIC, <a href="https://www.rfc-editor.org/rfc/rfc9438">RFC 9438</a>: in congestion avoidance the window is a cubic function of the time
 * since the last loss, flat around the size at which it happened. Windows are in packets here, as the RFC has them.
 */
public final class Cubic extends SlowStartControl {
    private static final double BETA = 0.7;
    private static final double C = 0.4;
    /** §4.3: with it the average window in the Reno-friendly region is that of Reno. */
    private static final double ALPHA = 3 * (1 - BETA) / (1 + BETA);

    private static final double NANOS_PER_SECOND = 1e9;

    private boolean inEpoch;
    private long epochStartNanos;
    private long lastAckNanos;
    /** The size to which the window climbs before it probes for more. */
    private double wMax;

    private double savedWMax;
    /** The size just before the last loss. */
    private double priorWindow;
    /** What Reno would have by now. */
    private double renoWindow;
    /** When, in seconds after the epoch's start, the window is back at {@link #wMax}. */
    private double k;
    /** The window with its fraction of a byte. */
    private double window;

    /** @param packetPayload the user data that fits in one packet: PMDCS without the chunk's header */
    public Cubic(int packetPayload, int initialWindowPackets) {
        super(packetPayload, initialWindowPackets, new HyStart());
    }

    @Override
    void avoidCongestion(long bytesAcked, boolean fullyUsed, long nowNanos, long srttNanos) {
        if (!inEpoch) {
            beginEpoch(nowNanos);
        }
        if (!fullyUsed) {
            // §4.2, §5.8: the time in which the application was what held the sender back does not count.
            epochStartNanos += nowNanos - lastAckNanos;
        }
        lastAckNanos = nowNanos;
        if (fullyUsed) {
            // One SACK never counts for more than a window, whatever it acknowledges.
            grow(Math.min((double) bytesAcked / packetPayload, window), nowNanos, srttNanos);
        }
    }

    private void beginEpoch(long nowNanos) {
        inEpoch = true;
        epochStartNanos = nowNanos;
        lastAckNanos = nowNanos;
        window = (double) cwnd / packetPayload;
        renoWindow = window;
        if (window < wMax) {
            k = Math.cbrt((wMax - window) / C);
        } else {
            // §4.8: also after a timeout, and where slow start ended without a loss.
            wMax = window;
            k = 0;
        }
    }

    private void grow(double packetsAcked, long nowNanos, long srttNanos) {
        double seconds = (nowNanos - epochStartNanos) / NANOS_PER_SECOND;
        // §4.3
        renoWindow += (renoWindow < priorWindow ? ALPHA : 1) * packetsAcked / window;
        if (at(seconds) < renoWindow) {
            window = Math.max(window, renoWindow);
        } else {
            // §4.4, §4.5
            double target = at(seconds + srttNanos / NANOS_PER_SECOND);
            double bounded = Math.max(window, Math.min(target, 1.5 * window));
            window += (bounded - window) * packetsAcked / window;
        }
        cwnd = Math.max(cwnd, (long) (window * packetPayload));
    }

    /** §4.2, equation 1 */
    private double at(double seconds) {
        double distance = seconds - k;
        return C * distance * distance * distance + wMax;
    }

    @Override
    public void onAllAcked() {
        // Time alone is what counts here.
    }

    @Override
    public void onLoss() {
        double before = (double) cwnd / packetPayload;
        // §4.7: a window that did not get back to where it was makes room for others.
        wMax = before < wMax ? before * (1 + BETA) / 2 : before;
        reduce(before);
        cwnd = ssthresh;
    }

    @Override
    public void onTimeout() {
        // §4.8: the next epoch begins with its own window as the mark.
        wMax = 0;
        if (!isRepeatedTimeout()) {
            reduce((double) cwnd / packetPayload);
        }
        cwnd = packetPayload;
    }

    @Override
    public void saveForUndo() {
        super.saveForUndo();
        savedWMax = wMax;
    }

    /** §4.9.1 */
    @Override
    public void undoTimeouts() {
        super.undoTimeouts();
        wMax = savedWMax;
        inEpoch = false;
    }

    /** §4.6 */
    private void reduce(double before) {
        priorWindow = before;
        ssthresh = Math.max((long) (cwnd * BETA), minimumWindow());
        inEpoch = false;
    }

    @Override
    public void onIdle(long timeouts) {
        super.onIdle(timeouts);
        // §5.8: what the path had room for then says little; the next epoch begins when slow start is through.
        inEpoch = false;
    }
}
