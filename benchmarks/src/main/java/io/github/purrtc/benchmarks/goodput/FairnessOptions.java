package io.github.purrtc.benchmarks.goodput;

import picocli.CommandLine.Option;

import java.util.ArrayList;
import java.util.List;

/** Which pairs of flows share which paths. */
final class FairnessOptions {
    @Option(
            names = "--shared-rates",
            split = ",",
            defaultValue = "20",
            description = "Mbit/s of the paths that two flows share; default ${DEFAULT-VALUE}")
    private List<Integer> megabits = List.of();

    @Option(
            names = "--shared-round-trips",
            split = ",",
            defaultValue = "1,20,50,100,200",
            description = "their milliseconds; default ${DEFAULT-VALUE}")
    private List<Integer> roundTrips = List.of();

    @Option(
            names = "--shared-queues",
            split = ",",
            defaultValue = "1,0.5,4",
            description = "what waits before them at most, in bandwidth-delay products; default ${DEFAULT-VALUE}")
    private List<Double> queues = List.of();

    @Option(
            names = "--shared-seeds",
            defaultValue = "6",
            description = "runs of each pair of flows; default ${DEFAULT-VALUE}")
    int seeds;

    @Option(
            names = "--shared-seconds",
            defaultValue = "60",
            description = "virtual seconds that count; default ${DEFAULT-VALUE}")
    int seconds;

    FairnessOptions() {}

    List<Path> paths() {
        List<Path> paths = new ArrayList<>();
        for (double queue : queues) {
            for (int rate : megabits) {
                for (int roundTrip : roundTrips) {
                    paths.add(new Path(rate * 1_000_000L, roundTrip, 0, queue));
                }
            }
        }
        return paths;
    }
}
