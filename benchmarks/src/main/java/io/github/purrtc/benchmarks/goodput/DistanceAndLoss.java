package io.github.purrtc.benchmarks.goodput;

import picocli.CommandLine.Option;

import java.util.List;

/** The paths of a table: each round trip with each loss. */
public final class DistanceAndLoss {
    /** In milliseconds. */
    @Option(
            names = "--round-trips",
            split = ",",
            defaultValue = "1,20,50,100,200",
            description = "milliseconds; default ${DEFAULT-VALUE}")
    public List<Integer> roundTrips = List.of();

    /** In percent. */
    @Option(
            names = "--losses",
            split = ",",
            defaultValue = "0,0.1,1,3",
            description = "percent; default ${DEFAULT-VALUE}")
    public List<Double> losses = List.of();
}
