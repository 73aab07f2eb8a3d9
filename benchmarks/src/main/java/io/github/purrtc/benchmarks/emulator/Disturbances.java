package io.github.purrtc.benchmarks.emulator;

import picocli.CommandLine.Option;

import java.time.Duration;

/** What a path does to datagrams besides delaying and losing them. */
public class Disturbances {
    private static final double MAX_PERCENT = 100;

    @Option(
            names = "--jitter",
            defaultValue = "0",
            paramLabel = "MS",
            description = "Up to that many milliseconds more, evenly distributed; the order stays (default: 0).")
    private double jitterMillis;

    @Option(
            names = "--burst",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "How many are lost in a row on average (default: 1, each one by itself); the share stays.")
    private double burst;

    @Option(
            names = "--reorder",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "So many of the datagrams are overtaken by others (default: 0).")
    private double reorderPercent;

    @Option(
            names = "--hold-back",
            defaultValue = "10",
            paramLabel = "MS",
            description = "How much later than the others those arrive (default: ${DEFAULT-VALUE}).")
    private double holdBackMillis;

    @Option(
            names = "--duplicate",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "So many of the datagrams arrive twice (default: 0).")
    private double duplicatePercent;

    /** With these, on a path that has none of them. */
    public final Conditions on(Conditions path) {
        return new Conditions(
                path.delay(),
                millis(jitterMillis),
                path.loss(),
                burst,
                path.bitsPerSecond(),
                path.queueBytes(),
                share("--reorder", reorderPercent),
                millis(holdBackMillis),
                share("--duplicate", duplicatePercent),
                path.outage(),
                path.outageInterval());
    }

    static double share(String option, double percent) {
        if (percent < 0 || percent > MAX_PERCENT) {
            throw new IllegalArgumentException(option + ": 0 to 100 percent, not " + percent);
        }
        return percent / MAX_PERCENT;
    }

    static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
