package io.github.purrtc.benchmarks.curves;

import io.github.purrtc.benchmarks.compare.PeerInstaller;
import io.github.purrtc.benchmarks.compare.Words;
import io.github.purrtc.benchmarks.curves.Runner.Turn;
import io.github.purrtc.benchmarks.goodput.DistanceAndLoss;
import io.github.purrtc.sctp.CongestionAlgorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;

/** Goodput by round trip and loss, of two real processes through the relay. */
@Command(
        name = "curves",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        description = {
            "Goodput by round trip and loss of two processes with the emulated path between them: purrtc to itself and to"
                    + " Chromium, libdatachannel and werift to themselves, all in turn in one run.",
            "",
            "One reliable and ordered channel, messages of 65,536 bytes, a queue of one bandwidth-delay product (64 datagrams at"
                    + " least). libdatachannel and werift are fetched by npm where they are not there; Chromium has to be installed.",
            "Then messages of 64 bytes beside a bulk transfer, on a path with a second of queue."
        })
public final class CurvesCommand implements Callable<Integer> {
    private static final long HIGH_MARK = 8 << 20;
    private static final long LOW_MARK = 4 << 20;
    private static final double MILLIS_PER_SECOND = 1_000;
    private static final int CHECKED_ROUND_TRIP = 50;
    private static final int MOST_ATTEMPTS = 2;
    /** From here on runs differ by which packets are lost. */
    private static final double SPREADING_LOSS_PERCENT = 1;

    /** What waits behind a hole is handed out in lumps, of a round trip and more: the shortest time in which they even out. */
    private static final int LEAST_ROUND_TRIPS = 30;

    private static final int BESIDE_SECONDS = 8;

    /** What can be measured. */
    private enum Measurement {
        GOODPUT,
        BESIDE
    }

    @Spec
    private @Nullable CommandSpec spec;

    @Mixin
    private final DistanceAndLoss paths = new DistanceAndLoss();

    @Option(names = "--rate", defaultValue = "100", description = "Mbit/s; default ${DEFAULT-VALUE}")
    private int megabits;

    @Option(
            names = "--congestion",
            split = ",",
            defaultValue = "BBR",
            description = "purrtc's congestion controls, of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private List<CongestionAlgorithm> algorithms = List.of();

    @Option(
            names = "--only",
            split = ",",
            description = "only those whose name begins so, as purrtc or lib; default all")
    private List<String> only = List.of();

    @Option(
            names = "--measure",
            split = ",",
            defaultValue = "GOODPUT,BESIDE",
            description =
                    "of ${COMPLETION-CANDIDATES}: goodput by round trip and loss, small messages beside a bulk transfer;"
                            + " default both")
    private Set<Measurement> measurements = Set.of();

    @Option(
            names = "--beside-rounds",
            defaultValue = "5",
            description = "of the small messages beside a bulk transfer; default ${DEFAULT-VALUE}")
    private int besideRounds;

    @Option(
            names = "--rounds",
            defaultValue = "3",
            description =
                    "how often purrtc takes its turn where a hundredth of the packets or more is lost; once where less is, and the"
                            + " others everywhere; default ${DEFAULT-VALUE}")
    private int rounds;

    @Option(names = "--warmup", defaultValue = "5", description = "seconds that do not count; default ${DEFAULT-VALUE}")
    private double warmupSeconds;

    @Option(
            names = "--seconds",
            defaultValue = "3",
            description =
                    "seconds that count, and " + LEAST_ROUND_TRIPS + " round trips at least; default ${DEFAULT-VALUE}")
    private double seconds;

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "the first run's, each one's is one more; default ${DEFAULT-VALUE}")
    private long firstSeed;

    @Option(names = "--quick", description = "two round trips and two losses, and shorter: some three minutes")
    private boolean quick;

    @Option(
            names = "--peers-folder",
            defaultValue = "benchmarks/peers",
            description = "where the others' drivers are; default ${DEFAULT-VALUE}")
    private Path peersFolder = Path.of("benchmarks", "peers");

    @Option(names = "--out", description = "a folder for the page, its charts and all figures, as docs/benchmarks")
    private @Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (quick) {
            paths.roundTrips = List.of(20, 100);
            paths.losses = List.of(0.0, 1.0);
            warmupSeconds = Math.min(warmupSeconds, 3);
            seconds = Math.min(seconds, 2);
            rounds = 1;
        }
        File log = File.createTempFile("purrtc-benchmarks", ".log");
        List<Sender> senders = new ArrayList<>(Sender.all(algorithms, peersFolder));
        senders.removeIf(sender -> !isWanted(sender));
        if (senders.stream().anyMatch(sender -> !sender.isOwn())) {
            new PeerInstaller(peersFolder, log).installNode();
        }
        RelayCheck check = RelayCheck.run(Network.of(megabits, CHECKED_ROUND_TRIP, 0), log);
        System.err.println(check.text());
        List<Turn> turns = new ArrayList<>();
        if (measurements.contains(Measurement.GOODPUT)) {
            turns.addAll(bulk(senders));
        }
        if (measurements.contains(Measurement.BESIDE)) {
            List<String> part = part("beside", "65536", quick ? seconds : BESIDE_SECONDS);
            turns.addAll(SmallMessages.turns(senders, firstSeed + turns.size(), quick ? 1 : besideRounds, part));
        }
        CurvesReport report = new CurvesReport(
                senders, new Runner(log, MOST_ATTEMPTS).run(turns), check, String.join(" ", Words.of(spec)));
        System.out.println(report.tables());
        if (out != null) {
            report.write(out);
        }
        return 0;
    }

    private boolean isWanted(Sender sender) {
        boolean isMeasured = sender.isOwn() || measurements.contains(Measurement.GOODPUT);
        return isMeasured && (only.isEmpty() || only.stream().anyMatch(sender.name()::startsWith));
    }

    /** All senders on the same path take the same seed, in each round another. */
    private List<Turn> bulk(List<Sender> senders) {
        List<Turn> turns = new ArrayList<>();
        long seed = firstSeed;
        for (int round = 1; round <= rounds; round++) {
            boolean isFirst = round == 1;
            for (double loss : paths.losses) {
                for (int roundTrip : paths.roundTrips) {
                    Network network = Network.of(megabits, roundTrip, loss);
                    double window = Math.max(seconds, LEAST_ROUND_TRIPS * roundTrip / MILLIS_PER_SECOND);
                    for (Sender sender : senders) {
                        if (isFirst || (sender.isOwn() && loss >= SPREADING_LOSS_PERCENT)) {
                            turns.add(new Turn(sender, network, seed, part("source", "65536", window)));
                        }
                    }
                    seed++;
                }
            }
        }
        return turns;
    }

    private List<String> part(String name, String size, double window) {
        return List.of(
                name,
                size,
                "--warmup=" + warmupSeconds,
                "--seconds=" + window,
                "--high=" + HIGH_MARK,
                "--low=" + LOW_MARK);
    }
}
