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
    private static final String MESSAGES = Layer.SCTP.label() + ": byte[]";

    /**
     * What was allocated outside of the JDK's cipher, Bouncy Castle and the measuring, without the arrays of the messages that were received.
     *
     * @param messageBytes of these arrays
     */
    public double ownBytes(double messageBytes) {
        double own = OWN.stream()
                .mapToDouble(layer -> allocationShares.getOrDefault(layer.label(), 0.0))
                .sum();
        double arrays = classShares.getOrDefault(MESSAGES, 0.0) * allocatedBytes;
        return own * allocatedBytes - Math.min(arrays, messageBytes);
    }

    /** What the JDK's cipher and Bouncy Castle allocated. */
    public double cryptographyBytes() {
        return allocatedBytes
                * (allocationShares.getOrDefault(Layer.CIPHER.label(), 0.0)
                        + allocationShares.getOrDefault(Layer.BOUNCY_CASTLE.label(), 0.0));
    }
}
