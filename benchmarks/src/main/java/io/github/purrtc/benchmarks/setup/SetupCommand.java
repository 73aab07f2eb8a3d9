package io.github.purrtc.benchmarks.setup;

import io.github.purrtc.benchmarks.compare.Words;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** From the offer to the first message. */
@Command(
        name = "setup",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "How long it takes from the offer to the first message, between two warm processes with the emulated path between them, with"
                    + " SCTP's handshake and without (a=sctp-init).",
            "",
            "Signalling takes as long as the path does, and loses nothing. Each connection has a path and a seed of its own."
        })
public final class SetupCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Option(names = "--round-trip", defaultValue = "100", description = "milliseconds; default ${DEFAULT-VALUE}")
    private int roundTripMillis;

    @Option(
            names = "--losses",
            split = ",",
            defaultValue = "0,10",
            description = "percent of the datagrams, each by itself; default ${DEFAULT-VALUE}")
    private List<Double> losses = List.of();

    @Option(
            names = "--count",
            defaultValue = "100",
            description = "connections for each loss, twice as many where something is lost; default ${DEFAULT-VALUE}")
    private int count;

    @Option(names = "--at-once", defaultValue = "5", description = "connections at a time; default ${DEFAULT-VALUE}")
    private int atOnce;

    @Option(
            names = "--warmup",
            defaultValue = "100",
            description = "connections that do not count, on a path without distance; default ${DEFAULT-VALUE}")
    private int warmup;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "the first connection's, each one's is one more, the same with and without the handshake;"
                    + " default ${DEFAULT-VALUE}")
    private long firstSeed;

    @Option(names = "--out", description = "the page to write, as docs/benchmarks/setup.md")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        List<Series> all = new ArrayList<>();
        try (Setups setups = Setups.start(atOnce)) {
            setups.run(warmup, Duration.ZERO, 0, false, firstSeed);
            setups.run(warmup, Duration.ZERO, 0, true, firstSeed);
            Duration oneWay = Duration.ofNanos(roundTripMillis * 500_000L);
            for (double loss : losses) {
                int wanted = loss > 0 ? 2 * count : count;
                for (boolean sctpInit : new boolean[] {false, true}) {
                    Series series = new Series(
                            roundTripMillis,
                            loss,
                            sctpInit,
                            firstSeed,
                            setups.run(wanted, oneWay, loss / 100, sctpInit, firstSeed));
                    System.err.println(series.row().strip());
                    all.add(series);
                }
            }
        }
        SetupReport report = new SetupReport(all, String.join(" ", Words.of(spec)));
        System.out.println(report.tables());
        if (out != null) {
            report.write(out);
        }
        return all.stream().allMatch(Series::isComplete) ? 0 : 1;
    }
}
