package io.github.purrtc.benchmarks.goodput;

/** How long packets waited before a bottleneck. */
final class QueueDelay {
    private static final long BUCKET_NANOS = 100_000;
    private static final int BUCKETS = 100_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int[] counts = new int[BUCKETS];
    private long packets;
    private double sumNanos;

    void add(long nanos) {
        packets++;
        sumNanos += nanos;
        counts[(int) Math.min(nanos / BUCKET_NANOS, BUCKETS - 1)]++;
    }

    /** Forgets all. */
    void reset() {
        packets = 0;
        sumNanos = 0;
        java.util.Arrays.fill(counts, 0);
    }

    double meanMillis() {
        return packets == 0 ? 0 : sumNanos / packets / NANOS_PER_MILLI;
    }

    /** As much as that share of the packets waited at most, 0 to 1; to a tenth of a millisecond. */
    double quantileMillis(double share) {
        long below = 0;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && below + counts[bucket] < share * packets) {
            below += counts[bucket++];
        }
        return packets == 0 ? 0 : (bucket + 1) * BUCKET_NANOS / NANOS_PER_MILLI;
    }
}
