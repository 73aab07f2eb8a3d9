package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/**
 * What one run found.
 *
 * @param seed of the relay's losses
 * @param foreignShare what other programs took of the machine's processors, 0 to 1
 * @param figures of the sender and the receiver; where nothing was measured, why
 */
record Point(String sender, Network network, long seed, double foreignShare, JsonNode figures) {
    private static final double BITS = 8;
    private static final double MOST_FOREIGN_SHARE = 0.1;
    private static final String FAILURE = "failure";

    static Point failed(String sender, Network network, long seed, String role, String why) {
        JsonNode figures =
                JsonNodeFactory.instance.objectNode().put("role", role).put(FAILURE, why);
        return new Point(sender, network, seed, 0, figures);
    }

    /** Whether other programs took so much that the figures may be theirs. */
    boolean isDisturbed() {
        return foreignShare > MOST_FOREIGN_SHARE;
    }

    boolean isFailed() {
        return figures.has(FAILURE);
    }

    /** Why nothing was measured. */
    String failure() {
        return figures.path(FAILURE).asText();
    }

    /** Of user data, as it was handed out at the receiver. */
    double megabits() {
        return figures.path("MBps").asDouble() * BITS;
    }
}
