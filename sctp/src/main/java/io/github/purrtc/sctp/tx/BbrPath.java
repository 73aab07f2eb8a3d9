package io.github.purrtc.sctp.tx;

/** BBR's model of the path: its bandwidth, its round-trip time, and how much its acknowledgements come in lumps. */
final class BbrPath {
    private static final long MIN_RTT_LIFE_NANOS = 10_000_000_000L;
    private static final long PROBE_RTT_INTERVAL_NANOS = 5_000_000_000L;
    /** What is longer by a 32nd is the same round-trip time. */
    private static final int SAME_RTT_FRACTION = 32;

    /** As long as others may have the processor. */
    private static final long LEAST_WHILE_NANOS = 5_000_000;

    private static final int EXTRA_ACKED_ROUNDS = 5;
    /** A queue that is that near to the longest is taken for as long: it is known as of a while ago. */
    private static final double AS_LONG = 0.75;

    private static final double NANOS_PER_SECOND = 1e9;

    private final double[] bandwidths = new double[2];
    private final long[] extraAcked = new long[2];

    private final MeanRtt meanRtt = new MeanRtt();
    /** The least mean of a while. */
    private long minRttNanos = Long.MAX_VALUE;

    private boolean isMean;
    private long minRttAtNanos;
    private long probeRttMinNanos = Long.MAX_VALUE;
    private long probeRttMinAtNanos;
    private boolean probeRttDue;

    private long nextRoundDelivered;
    private boolean roundBegan;
    private int rounds;

    private long lumpBeganAtNanos;
    private long lumpBytes;
    private int extraAckedSince;
    /** The least round trip of a while, and of the one before. */
    private long leastRttNanos = Long.MAX_VALUE;

    private long leastRttBefore = Long.MAX_VALUE;
    private long whileBeganAtNanos;
    /** With the longest queue that was seen. */
    private long longestRttNanos;

    /** Bytes a second: the most of the present and the last cycle of probing; 0 before anything is known. */
    double bandwidth() {
        return Math.max(bandwidths[0], bandwidths[1]);
    }

    /** That of the path when nobody's packets wait, {@link MeanRtt the least mean}; 0 before anything is known. */
    long minRttNanos() {
        return minRttNanos == Long.MAX_VALUE ? 0 : minRttNanos;
    }

    boolean isKnown() {
        return bandwidth() > 0 && minRttNanos != Long.MAX_VALUE;
    }

    double bandwidthDelayProduct() {
        return bandwidth() * minRttNanos() / NANOS_PER_SECOND;
    }

    long extraAcked() {
        return Math.max(extraAcked[0], extraAcked[1]);
    }

    boolean roundBegan() {
        return roundBegan;
    }

    int rounds() {
        return rounds;
    }

    boolean isProbeRttDue() {
        return probeRttDue;
    }

    /**
     * Whether packets wait in a queue: what is lost without one is not lost to it. A single round trip tells nothing of that: whoever is
     * woken late, at either end, delays some packets for milliseconds, and the next ones not at all.
     */
    boolean hasQueue() {
        return hasQueueOf(minRttNanos / 8);
    }

    /** Whether as much waits as a probe for bandwidth that is alone on the path brings about. */
    boolean hasLongQueue() {
        return hasQueueOf(minRttNanos / 4);
    }

    /**
     * Whether the queue is about as long as it ever was. One that has held much more is not full, and what is lost then is not lost to it: a
     * sender that probes makes a queue of its own, which on a path with losses would else be taken for others'.
     */
    boolean hasFullQueue() {
        return hasQueue() && queuedRttNanos() >= minRttNanos + (long) (AS_LONG * (longestRttNanos - minRttNanos));
    }

    /** So much is lost that the queue must be full: it does not hold any more what it once held. */
    void onTooMuchLost() {
        longestRttNanos = queuedRttNanos();
    }

    private boolean hasQueueOf(long nanos) {
        long queued = queuedRttNanos();
        return queued != Long.MAX_VALUE && queued > minRttNanos + nanos + 1_000_000;
    }

    /** That of all packets lately, without what delays some of them. */
    private long queuedRttNanos() {
        return Math.min(leastRttNanos, leastRttBefore);
    }

    void onSample(DeliverySample sample) {
        countRound(sample);
        // What is told late may confirm what is known, and is no sign of more.
        double measured = Math.max(sample.leastBytesPerSecond, Math.min(sample.bytesPerSecond, bandwidth()));
        if (measured >= bandwidth() || (measured > 0 && !sample.isAppLimited)) {
            bandwidths[1] = Math.max(bandwidths[1], measured);
        }
        countLumps(sample);
        observeRtt(sample);
    }

    /** A cycle of probing is over: what was measured before the last one does not count any more. */
    void advanceCycle() {
        if (bandwidths[1] > 0) {
            bandwidths[0] = bandwidths[1];
            bandwidths[1] = 0;
        }
    }

    /** The round that is counted begins anew with what is sent from now on. */
    void restartRound(long deliveredBytes) {
        nextRoundDelivered = deliveredBytes;
    }

    void onProbeRttDone(long nowNanos) {
        probeRttMinAtNanos = nowNanos;
        probeRttDue = false;
    }

    private void countRound(DeliverySample sample) {
        roundBegan = sample.isValid && sample.priorDeliveredBytes >= nextRoundDelivered;
        if (roundBegan) {
            nextRoundDelivered = sample.deliveredBytes;
            rounds++;
            if (++extraAckedSince > EXTRA_ACKED_ROUNDS) {
                extraAckedSince = 0;
                extraAcked[0] = extraAcked[1];
                extraAcked[1] = 0;
            }
        }
    }

    /** What is acknowledged faster than the bandwidth comes in lumps, and more has to be under way for that. */
    private void countLumps(DeliverySample sample) {
        double expected = bandwidth() * (sample.nowNanos - lumpBeganAtNanos) / NANOS_PER_SECOND;
        if (lumpBytes <= expected) {
            lumpBytes = 0;
            lumpBeganAtNanos = sample.nowNanos;
            expected = 0;
        }
        lumpBytes += sample.ackedBytes;
        extraAcked[1] = Math.max(extraAcked[1], (long) (lumpBytes - expected));
    }

    private void observeRtt(DeliverySample sample) {
        long rtt = sample.rttNanos;
        boolean probeExpired = sample.nowNanos > probeRttMinAtNanos + PROBE_RTT_INTERVAL_NANOS;
        probeRttDue |= probeExpired && probeRttMinNanos != Long.MAX_VALUE;
        if (rtt == 0) {
            return;
        }
        observeQueue(rtt, sample.nowNanos);
        long mean = meanRtt.add(rtt, roundBegan, sample.nowNanos);
        if (mean > 0) {
            observeMeanRtt(mean, sample.nowNanos, probeExpired);
        } else if (minRttNanos == Long.MAX_VALUE) {
            minRttNanos = rtt;
            minRttAtNanos = sample.nowNanos;
        }
    }

    private void observeMeanRtt(long rtt, long nowNanos, boolean probeExpired) {
        if (rtt <= probeRttMinNanos || probeExpired) {
            probeRttMinNanos = rtt;
            probeRttMinAtNanos = nowNanos;
        } else if (rtt - probeRttMinNanos <= probeRttMinNanos / SAME_RTT_FRACTION) {
            // As short as ever: nothing has to stop for that to be seen.
            probeRttMinAtNanos = nowNanos;
        }
        // A single packet's only counts until there is a mean.
        boolean expired = !isMean || nowNanos > minRttAtNanos + MIN_RTT_LIFE_NANOS;
        if (probeRttMinNanos <= minRttNanos || expired) {
            isMean = true;
            minRttNanos = probeRttMinNanos;
            minRttAtNanos = probeRttMinAtNanos;
        }
    }

    private void observeQueue(long rttNanos, long nowNanos) {
        long whileNanos = Math.max(LEAST_WHILE_NANOS, minRttNanos() / 4);
        long elapsedNanos = nowNanos - whileBeganAtNanos;
        if (elapsedNanos >= whileNanos) {
            leastRttBefore = elapsedNanos < 2 * whileNanos ? leastRttNanos : Long.MAX_VALUE;
            leastRttNanos = rttNanos;
            whileBeganAtNanos = nowNanos;
        } else {
            leastRttNanos = Math.min(leastRttNanos, rttNanos);
        }
        longestRttNanos = Math.max(longestRttNanos, queuedRttNanos());
    }
}
