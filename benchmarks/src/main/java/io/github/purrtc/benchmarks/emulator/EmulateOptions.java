package io.github.purrtc.benchmarks.emulator;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;

/** What the path is like. */
final class EmulateOptions extends Disturbances {
    @Option(
            names = "--delay",
            defaultValue = "0",
            paramLabel = "MS",
            description = "How long each datagram is under way; a round trip takes twice as long (default: 0).")
    private double delayMillis;

    @Option(
            names = "--loss",
            defaultValue = "0",
            paramLabel = "PERCENT",
            description = "So many of the datagrams are lost (default: 0).")
    private double lossPercent;

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
        return on(new Conditions(
                millis(delayMillis),
                Duration.ZERO,
                share("--loss", lossPercent),
                1,
                (long) (megabitsPerSecond * 1e6),
                queueBytes,
                0,
                Duration.ZERO,
                0,
                millis(outageMillis),
                millis(outageIntervalMillis)));
    }

    long seed() {
        Long known = seed;
        if (known == null) {
            known = ThreadLocalRandom.current().nextLong(Integer.MAX_VALUE);
            seed = known;
        }
        return known;
    }
}
