package io.github.purrtc.benchmarks.profile;

import java.util.List;
import java.util.Map;

/**
 * What a window was spent on.
 *
 * @param cpuShares of the process's time, by layer and, beside the layers, the kernel, the collector and the compiler; sums to 1
 * @param methodShares of the samples of running Java, by the method that was running; the most frequent ones
 * @param allocatedBytes by all threads
 * @param allocationShares of these, by layer; sums to 1
 * @param classShares of these, by layer and class; the most frequent ones
 * @param collectionPauseNanos of all collections together
 */
public record Profile(
        Map<String, Double> cpuShares,
        Map<String, Double> methodShares,
        double allocatedBytes,
        Map<String, Double> allocationShares,
        Map<String, Double> classShares,
        long collectionPauseNanos) {
    private static final List<Layer> OWN = List.of(Layer.DTLS, Layer.SCTP, Layer.ICE, Layer.SOCKETS, Layer.DRIVER);
    /** Beside the layers, of what was allocated: the received messages as the listener gets them, which it may keep. */
    static final String MESSAGES = "received messages";

    /** What was allocated outside of the JDK's cipher, Bouncy Castle and the measuring, without {@link #messageBytes}. */
    public double ownBytes() {
        double own = OWN.stream()
                .mapToDouble(layer -> allocationShares.getOrDefault(layer.label(), 0.0))
                .sum();
        return own * allocatedBytes;
    }

    /** The received messages as the listener gets them: arrays, the buffers around them, and the messages around those. */
    public double messageBytes() {
        return allocationShares.getOrDefault(MESSAGES, 0.0) * allocatedBytes;
    }

    /** What the JDK's cipher and Bouncy Castle allocated. */
    public double cryptographyBytes() {
        return allocatedBytes
                * (allocationShares.getOrDefault(Layer.CIPHER.label(), 0.0)
                        + allocationShares.getOrDefault(Layer.BOUNCY_CASTLE.label(), 0.0));
    }
}
