package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * What one run found.
 *
 * @param seed of the relay's losses
 * @param foreignShare what other programs took of the machine's processors, 0 to 1
 * @param figures of the sender and the receiver
 */
record Point(String sender, Network network, long seed, double foreignShare, JsonNode figures) {
    private static final double BITS = 8;

    /** Of user data, as it was handed out at the receiver. */
    double megabits() {
        return figures.path("MBps").asDouble() * BITS;
    }
}
