package io.github.purrtc.benchmarks.emulator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What the path is like. */
final class EmulateOptions {
    private static final double MAX_PERCENT = 100;

    @Option(
            names = "--delay",
            defaultValue = "0",
            paramLabel = "MS",
            description = "How long each datagram is under way; a round trip takes twice as long (default: 0).")
    private double delayMillis;

    @Option(
            names = "--jitter",
            defaultValue = "0",
            paramLabel = "MS",
            description = "Up to that many milliseconds more, evenly distributed; the order stays (default: 0).")
    private double jitterMillis;

    @Option(
            names = "--loss",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "So many of the datagrams are lost (default: 0).")
    private double lossPercent;

    @Option(
            names = "--burst",
            defaultValue = "1",
            paramLabel = "COUNT",
            description = "How many are lost in a row on average (default: 1, each one by itself); the share stays.")
    private double burst;

    @Option(
            names = "--rate",
            defaultValue = "0",
            paramLabel = "MBIT/S",
            description = "10^6 bits of UDP payload a second (default: 0, no limit).")
    private double megabitsPerSecond;

    @Option(
            names = "--queue",
            defaultValue = "250000",
            paramLabel = "BYTES",
            description =
                    "How much may wait where the rate is limited; what comes on top is lost (default: ${DEFAULT-VALUE}).")
    private int queueBytes;

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

    @Option(
            names = "--outage",
            defaultValue = "0",
            paramLabel = "MS",
            description = "How long nothing passes, again and again (default: 0).")
    private double outageMillis;

    @Option(
            names = "--outage-interval",
            defaultValue = "0",
            paramLabel = "MS",
            description = "From the beginning of one outage to the next one's, the first after one interval.")
    private double outageIntervalMillis;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description =
                    "A number that decides what is lost, delayed, overtaken and doubled (default: another each time; it is told).")
    private @Nullable Long seed;

    Conditions conditions() {
        return new Conditions(
                millis(delayMillis),
                millis(jitterMillis),
                share("--loss", lossPercent),
                burst,
                (long) (megabitsPerSecond * 1e6),
                queueBytes,
                share("--reorder", reorderPercent),
                millis(holdBackMillis),
                share("--duplicate", duplicatePercent),
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

    private static double share(String option, double percent) {
        if (percent < 0 || percent > MAX_PERCENT) {
            throw new IllegalArgumentException(option + ": 0 to 100 percent, not " + percent);
        }
        return percent / MAX_PERCENT;
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}
