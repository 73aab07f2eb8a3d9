package io.github.purrtc.benchmarks.goodput;

/**
 * A path to fill: both directions are alike.
 *
 * @param bitsPerSecond how much it carries, packets of SCTP counted whole
 * @param roundTripMillis without queueing
 * @param loss the probability that a packet is lost, on its own
 * @param queueProducts what waits before the bottleneck at most, in bandwidth-delay products
 */
record Path(long bitsPerSecond, int roundTripMillis, double loss, double queueProducts) {
    private static final int MIN_QUEUE_BYTES = 64 * 1160;

    /** With a queue of one bandwidth-delay product. */
    Path(long bitsPerSecond, int roundTripMillis, double loss) {
        this(bitsPerSecond, roundTripMillis, loss, 1);
    }

    long bytesPerSecond() {
        return bitsPerSecond / 8;
    }

    long delayNanos() {
        return roundTripMillis * 1_000_000L / 2;
    }

    /** What is under way when the path is full. */
    long bandwidthDelayProduct() {
        return bytesPerSecond() * roundTripMillis / 1000;
    }

    /** What waits before the bottleneck at most: at least some packets. */
    long queueBytes() {
        return Math.max(MIN_QUEUE_BYTES, (long) (queueProducts * bandwidthDelayProduct()));
    }
}
