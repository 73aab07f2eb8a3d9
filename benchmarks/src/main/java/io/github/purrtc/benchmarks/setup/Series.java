package io.github.purrtc.benchmarks.setup;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Connections over paths of one kind.
 *
 * @param sctpInit whether SCTP's handshake was left out
 * @param millis of each connection, from the beginning to each of its stages
 */
record Series(
        int roundTripMillis, double lossPercent, boolean sctpInit, long firstSeed, List<Map<Stage, Double>> millis) {
    private static final double NINETY = 0.9;
    static final double NINETY_FIVE = 0.95;

    /** Of those that came to be: that share of them took no longer to the stage; 0 for the quickest. */
    double percentile(Stage stage, double share) {
        double[] sorted = millis.stream()
                .filter(one -> one.containsKey(stage))
                .mapToDouble(one -> one.getOrDefault(stage, Double.NaN))
                .sorted()
                .toArray();
        return sorted.length == 0 ? Double.NaN : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    double median(Stage stage) {
        return percentile(stage, 0.5);
    }

    long missing() {
        return millis.stream().filter(one -> !one.containsKey(Stage.HEARD)).count();
    }

    boolean isComplete() {
        return missing() == 0;
    }

    String name() {
        return sctpInit ? "`a=sctp-init`" : "handshake";
    }

    String row() {
        double median = median(Stage.HEARD);
        return String.format(
                Locale.ROOT,
                "| %s %% | %s | %d | %d–%d | %.0f | %.2f | %.0f | %.0f | %.0f | %d |%n",
                lossPercent == Math.rint(lossPercent) ? (Object) (long) lossPercent : (Object) lossPercent,
                name(),
                millis.size(),
                firstSeed,
                firstSeed + millis.size() - 1,
                median,
                median / roundTripMillis,
                percentile(Stage.HEARD, NINETY),
                percentile(Stage.HEARD, NINETY_FIVE),
                percentile(Stage.HEARD, 1),
                missing());
    }
}
