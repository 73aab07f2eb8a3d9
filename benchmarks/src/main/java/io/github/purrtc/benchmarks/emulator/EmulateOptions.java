package io.github.purrtc.benchmarks.emulator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What the path is like; the same in both directions. */
final class EmulateOptions {
    private static final double MAX_PERCENT = 100;

    @Option(names = "--delay", defaultValue = "0", paramLabel = "MS", description = "One way, in milliseconds.")
    private double delayMillis;

    @Option(
            names = "--jitter",
            defaultValue = "0",
            paramLabel = "MS",
            description = "Up to that many milliseconds more; the order stays.")
    private double jitterMillis;

    @Option(names = "--loss", defaultValue = "0", paramLabel = "PERCENT", description = "Of the datagrams.")
    private double lossPercent;

    @Option(
            names = "--burst",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "How many are lost in a row on average; 1 (default) for each one by itself.")
    private double burst;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "MBIT/S",
            description = "10^6 bits of UDP payload a second; 0 (default) for no limit.")
    private double megabitsPerSecond;

    @Option(
            names = "--queue",
            defaultValue = "250000",
            paramLabel = "BYTES",
            description = "How much waits where the rate is limited (default: ${DEFAULT-VALUE}); more is lost.")
    private int queueBytes;

    @Option(
            names = "--reorder",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "Of the datagrams are overtaken by others.")
    private double reorderPercent;

    @Option(
            names = "--hold-back",
            defaultValue = "10",
            paramLabel = "MS",
            description = "How much later those arrive (default: ${DEFAULT-VALUE}).")
    private double holdBackMillis;

    @Option(
            names = "--duplicate",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "Of the datagrams arrive twice.")
    private double duplicatePercent;

    @Option(names = "--outage", defaultValue = "0", paramLabel = "MS", description = "How long nothing passes.")
    private double outageMillis;

    @Option(
            names = "--outage-interval",
            defaultValue = "0",
            paramLabel = "MS",
            description = "From one outage to the next, the first after one interval; 0 (default) for none.")
    private double outageIntervalMillis;

    @Option(names = "--seed", paramLabel = "SEED", description = "A number: the same one, the same losses.")
    private @Nullable Long seed;

    Conditions conditions() {
        return new Conditions(
                millis(delayMillis),
                millis(jitterMillis),
                lossPercent / MAX_PERCENT,
                burst,
                (long) (megabitsPerSecond * 1e6),
                queueBytes,
                reorderPercent / MAX_PERCENT,
                millis(holdBackMillis),
                duplicatePercent / MAX_PERCENT,
                millis(outageMillis),
                millis(outageIntervalMillis));
    }

    long seed() {
        Long known = seed;
        if (known == null) {
            known = ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
            seed = known;
        }
        return known;
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
