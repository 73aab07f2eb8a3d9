package io.github.purrtc.sctp.tx;

/** The retransmission timeout of the path: RFC 9260 §6.3.1. All times are in nanoseconds. */
public final class RetransmissionTimeout {
    /**
     * The least that is added to SRTT. §6.2 lets the peer hold an acknowledgement back for 200 ms; a timeout that expires within that
     * time takes a lone message that is about to be acknowledged for lost, and collapses the congestion window.
     */
    private static final long MIN_VARIANCE_TERM = 220_000_000;

    /** Where the back-off is bounded, a timeout as short as on a local path may still grow to this. */
    private static final long LEAST_BACKED_OFF_NANOS = 500_000_000;

    private static final long NONE = -1;

    private final long minNanos;
    private final long maxNanos;
    private final int maxBackoff;
    private long srttNanos = NONE;
    private long rttvarNanos;
    private long baseNanos;
    private long rtoNanos;

    /**
     * Times are in nanoseconds.
     *
     * @param maxBackoff how many times the measured timeout is what it backs off to, at most; 0: no such bound
     */
    public RetransmissionTimeout(long initialNanos, long minNanos, long maxNanos, int maxBackoff) {
        this.maxBackoff = maxBackoff;
        this.minNanos = minNanos;
        this.maxNanos = maxNanos;
        baseNanos = initialNanos;
        rtoNanos = initialNanos;
    }

    /** Takes a measurement in; one that cannot be true is ignored. */
    public void observe(long rttNanos) {
        if (rttNanos < 0 || rttNanos > maxNanos) {
            return;
        }
        if (srttNanos == NONE) {
            // §6.3.1 C2
            srttNanos = rttNanos;
            rttvarNanos = rttNanos / 2;
        } else {
            // §6.3.1 C3, with RTO.Alpha = 1/8 and RTO.Beta = 1/4
            rttvarNanos += (Math.abs(srttNanos - rttNanos) - rttvarNanos) / 4;
            srttNanos += (rttNanos - srttNanos) / 8;
        }
        baseNanos = clamp(srttNanos + Math.max(4 * rttvarNanos, MIN_VARIANCE_TERM));
        rtoNanos = baseNanos;
    }

    /** RFC 9260 §6.3.3 E2: the timer expired, and the timeout doubles. */
    public void backOff() {
        rtoNanos = clamp(Math.min(rtoNanos * 2, mostBackedOff(baseNanos, maxBackoff, maxNanos)));
    }

    /**
     * What a timeout grows to at most. All times are in nanoseconds.
     *
     * @param maxBackoff how many times the measured timeout; 0: RTO.Max alone bounds it
     */
    public static long mostBackedOff(long measuredNanos, int maxBackoff, long maxNanos) {
        return maxBackoff == 0
                ? maxNanos
                : Math.min(maxNanos, Math.max(maxBackoff * measuredNanos, LEAST_BACKED_OFF_NANOS));
    }

    /**
     * The peer acknowledged more: what the timer was backed off for is over. By Karn's rule alone the timeout stayed at its height until
     * data was sent that needed no retransmission, and one lossy second cost a minute.
     */
    public void onProgress() {
        rtoNanos = baseNanos;
    }

    public long rtoNanos() {
        return rtoNanos;
    }

    /** The smoothed round-trip time, or zero before the first measurement. */
    public long srttNanos() {
        return Math.max(0, srttNanos);
    }

    private long clamp(long nanos) {
        return Math.max(minNanos, Math.min(maxNanos, nanos));
    }
}
