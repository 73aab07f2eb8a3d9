package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.Arrays;

/** How long things took, of a kind that happens often; to a tenth of a millisecond, and ten seconds at most. Thread-safe. */
public final class Delays {
    private static final long BUCKET_NANOS = 100_000;
    private static final int BUCKETS = 100_000;
    private static final double NANOS_PER_MILLI = 1e6;

    private final int[] counts = new int[BUCKETS];
    private long times;
    private double sumNanos;

    public synchronized void add(long nanos) {
        times++;
        sumNanos += nanos;
        counts[(int) Math.min(nanos / BUCKET_NANOS, BUCKETS - 1)]++;
    }

    /** Forgets all. */
    public synchronized void reset() {
        times = 0;
        sumNanos = 0;
        Arrays.fill(counts, 0);
    }

    public synchronized double meanMillis() {
        return times == 0 ? 0 : sumNanos / times / NANOS_PER_MILLI;
    }

    /** As much as that share of them took at most, 0 to 1; to a tenth of a millisecond. */
    public synchronized double quantileMillis(double share) {
        long below = 0;
        int bucket = 0;
        while (bucket < BUCKETS - 1 && below + counts[bucket] < share * times) {
            below += counts[bucket++];
        }
        return times == 0 ? 0 : (bucket + 1) * BUCKET_NANOS / NANOS_PER_MILLI;
    }

    /** The median, the 90th and 99th percentile, and the longest, in milliseconds. */
    ObjectNode json() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("p50_ms", quantileMillis(0.5))
                .put("p90_ms", quantileMillis(0.9))
                .put("p99_ms", quantileMillis(0.99))
                .put("max_ms", quantileMillis(1));
    }
}
