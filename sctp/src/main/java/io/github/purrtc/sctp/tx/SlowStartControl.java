package io.github.purrtc.sctp.tx;

/** What congestion controls that hear losses have in common: slow start, and what they forget when idle (RFC 9260 §7.2.1). */
abstract class SlowStartControl implements CongestionControl {
    /**
     * How many packets' worth one SACK may add in slow start. §7.2.1 bounds the growth by the bytes newly acknowledged and by L times
     * PMDCS, where L "SHOULD be 1 and MAY be larger". A receiver here acknowledges once a burst, not every second packet: with L = 1
     * slow start would be linear. The first bound is the one that holds off ACK splitting. RFC 9406 §4.3 has no such limit where packets
     * are paced.
     */
    private static final int L = 128;

    /** The user data that fits in one packet: PMDCS without the chunk's header. */
    final int packetPayload;

    long cwnd;
    long ssthresh = Long.MAX_VALUE;
    private final SlowStartWatch slowStart;
    private long savedCwnd;
    private long savedSsthresh;

    SlowStartControl(int packetPayload, int initialWindowPackets, SlowStartWatch slowStart) {
        this.slowStart = slowStart;
        this.packetPayload = packetPayload;
        cwnd = (long) packetPayload * initialWindowPackets;
    }

    /** RFC 9406 §4.2: only in the first slow start is the threshold unknown. */
    @Override
    public final void onSample(DeliverySample sample, boolean fullyUsed) {
        if (ssthresh == Long.MAX_VALUE) {
            slowStart.onSample(sample);
            if (slowStart.isOver()) {
                ssthresh = cwnd;
            }
        }
    }

    @Override
    public final long cwnd() {
        return cwnd;
    }

    @Override
    public final long ssthresh() {
        return ssthresh;
    }

    /** RFC 9002 §7.7: somewhat more than cwnd a round trip, twice as much in slow start, so that cwnd stays what limits. */
    @Override
    public final long pacingRate(long srttNanos) {
        double gain = cwnd < ssthresh ? 2 : 1.25;
        return srttNanos == 0 ? 0 : (long) (gain * cwnd * 1e9 / srttNanos);
    }

    @Override
    public final void onCumulativeAck(
            long bytesAcked, boolean fullyUsed, boolean recovering, long nowNanos, long srttNanos) {
        if (recovering) {
            return;
        }
        if (cwnd > ssthresh) {
            avoidCongestion(bytesAcked, fullyUsed, nowNanos, srttNanos);
        } else if (fullyUsed) {
            // §7.2.1: only when cwnd is in full use and the sender is not in fast recovery.
            int divisor = ssthresh == Long.MAX_VALUE ? slowStart.growthDivisor() : 1;
            cwnd += Math.min(bytesAcked, (long) L * packetPayload) / divisor;
        }
    }

    /** The window is above the slow start threshold, and bytes were acknowledged. */
    abstract void avoidCongestion(long bytesAcked, boolean fullyUsed, long nowNanos, long srttNanos);

    @Override
    public void saveForUndo() {
        savedCwnd = cwnd;
        savedSsthresh = ssthresh;
    }

    @Override
    public void undoTimeouts() {
        cwnd = Math.max(cwnd, savedCwnd);
        ssthresh = savedSsthresh;
    }

    @Override
    public void onIdle(long timeouts) {
        // §7.2.1: halved for each RTO without transmission; ssthresh remembers what the path carried.
        if (cwnd <= minimumWindow()) {
            return;
        }
        ssthresh = Math.max(ssthresh == Long.MAX_VALUE ? 0 : ssthresh, cwnd);
        cwnd = Math.max(cwnd >> Math.min(timeouts, 62), minimumWindow());
    }

    /** RFC 5681 §3.1: what is lost once more says nothing new, and ssthresh stays; else an outage would leave nothing of it. */
    final boolean isRepeatedTimeout() {
        return cwnd == packetPayload && ssthresh != Long.MAX_VALUE;
    }

    /** §7.2.3 */
    final long minimumWindow() {
        return 4L * packetPayload;
    }
}
