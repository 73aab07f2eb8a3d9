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

    /** The least that goes with user data: DTLS (37), SCTP's header (12) and that of a DATA chunk (16). */
    private static final int HEADER_BYTES = 65;

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

    /** Of user data. */
    double megabits() {
        return figures.path("goodput_MBps").asDouble() * BITS;
    }

    /** Which share that is of what user data can have of the path in datagrams as long as these. */
    double share() {
        int datagramBytes = figures.path("datagram_bytes").asInt();
        return megabits() / network.megabits() / userShare(datagramBytes);
    }

    /** What can be user data of datagrams of a length. */
    static double userShare(int datagramBytes) {
        return 1 - (double) HEADER_BYTES / datagramBytes;
    }
}
