package io.github.purrtc.sctp.tx;

/**
 * How long packets are under way on average for a while: a round, or {@link #LONGEST_NANOS} of it. Where the delay of each packet varies and
 * the order stays, a packet waits for the latest of those before it, so that round trips are longer the more is sent though no queue
 * stands; the shortest of them tells how lucky one packet was, their mean how long the path is.
 */
final class MeanRtt {
    /** Longer than delays vary in radio networks; in longer ones a queue that runs dry would hardly show. */
    private static final long LONGEST_NANOS = 75_000_000;

    private static final int LEAST_SAMPLES = 4;

    private long sumNanos;
    private int samples;
    private long beganAtNanos;
    private boolean roundBegan;

    /**
     * Takes a round-trip time in.
     *
     * @return the mean of those of a while that is over with it; 0 where none is
     */
    long add(long rttNanos, boolean beginsRound, long nowNanos) {
        if (samples == 0) {
            beganAtNanos = nowNanos;
        }
        sumNanos += rttNanos;
        samples++;
        roundBegan |= beginsRound;
        if (samples < LEAST_SAMPLES || !(roundBegan || nowNanos - beganAtNanos > LONGEST_NANOS)) {
            return 0;
        }
        long mean = sumNanos / samples;
        sumNanos = 0;
        samples = 0;
        roundBegan = false;
        return mean;
    }
}
