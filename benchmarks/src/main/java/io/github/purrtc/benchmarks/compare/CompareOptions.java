package io.github.purrtc.benchmarks.compare;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

import java.nio.file.Path;
import java.util.List;

/** The options of a run of all measurements. */
public final class CompareOptions {
    @Option(
            names = "--peers",
            description =
                    "with all measurements: fetch libdatachannel and werift by npm, libwebrtc by Maven, and measure "
                            + "them beside purrtc")
    boolean peers;

    @Option(
            names = "--peers-folder",
            defaultValue = "benchmarks/peers",
            description = "where their drivers are; default ${DEFAULT-VALUE}")
    Path peersFolder = Path.of("benchmarks", "peers");

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description = "how often all take their turn; default ${DEFAULT-VALUE}")
    int rounds;

    @Option(
            names = "--only",
            split = ",",
            description = "with all measurements: only those whose id begins so, as throughput or latency")
    List<String> only = List.of();

    @Option(
            names = "--contenders",
            split = ",",
            description = "with all measurements: only those whose name begins so, as purrtc or lib")
    List<String> contenders = List.of();

    @Option(names = "--out", description = "a folder for the page, its charts and all figures, as docs/benchmarks")
    @Nullable
    Path out;

    @Option(
            names = "--readme",
            description =
                    "a file in which the text between the lines <!-- benchmarks --> and <!-- end of benchmarks --> is "
                            + "replaced by the summary")
    @Nullable
    Path readme;

    @Option(
            names = "--from",
            description = "measure nothing: take the figures of an earlier run, as docs/benchmarks/results.json")
    @Nullable
    Path from;

    @Option(names = "--tiny", hidden = true, description = "so short that it shows no more than that it works")
    boolean tiny;

    public CompareOptions() {}

    boolean includes(Measurement measurement) {
        return only.isEmpty() || only.stream().anyMatch(measurement.id()::startsWith);
    }

    boolean includes(Contender contender) {
        return contenders.isEmpty() || contenders.stream().anyMatch(contender.name()::startsWith);
    }
}
