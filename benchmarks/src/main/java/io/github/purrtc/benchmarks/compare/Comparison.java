package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.compare.TwoProcesses.Waits;
import io.github.purrtc.benchmarks.process.Child;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/** All measurements of all contenders, in turn, round after round. */
public final class Comparison {
    static final double MOST_FOREIGN_SHARE = 0.1;

    private static final int MOST_ATTEMPTS = 3;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final CompareOptions options;
    private final Scale scale;
    private final File log;
    private final Progress progress = new Progress();

    private Comparison(CompareOptions options, Scale scale, File log) {
        this.options = options;
        this.scale = scale;
        this.log = log;
    }

    /**
     * Measures, prints the page and writes what is asked for.
     *
     * @param command the program's arguments, for the page
     * @param seconds a measurement's window
     */
    public static void run(CompareOptions options, List<String> command, double seconds, double warmupSeconds)
            throws IOException, InterruptedException {
        Path from = options.from;
        Results results;
        if (from == null) {
            File log = File.createTempFile("purrtc-benchmarks", ".log");
            Scale scale = options.tiny ? Scale.tiny() : Scale.full(seconds, warmupSeconds);
            results = new Comparison(options, scale, log).measure(String.join(" ", command));
        } else {
            results = Results.read(from);
        }
        Path out = options.out;
        Page page = new Page(results);
        System.out.println(page.summary());
        if (out != null) {
            Files.createDirectories(out);
            results.write(out.resolve("results.json"));
            Files.writeString(out.resolve("README.md"), page.text(Charts.write(results, out)));
        }
        if (options.readme != null) {
            page.replaceSummary(options.readme);
        }
    }

    private Results measure(String command) throws IOException, InterruptedException {
        List<Contender> contenders = contenders();
        Results results =
                Results.of(Machine.here(), LocalDate.now(ZoneId.systemDefault()).toString(), command, options.rounds);
        List<Turn> turns = turns(contenders);
        progress.begin(turns.size(), log);
        for (Turn turn : turns) {
            take(turn, results);
        }
        progress.end();
        return results;
    }

    private List<Contender> contenders() throws IOException, InterruptedException {
        List<Contender> contenders = new ArrayList<>(Contender.own());
        if (options.peers) {
            new PeerInstaller(options.peersFolder, log).install();
            contenders.addAll(Contender.peers(options.peersFolder));
        }
        contenders.add(Contender.limit(Contender.UDP));
        contenders.add(Contender.limit(Contender.CIPHER));
        contenders.removeIf(contender -> !options.includes(contender));
        return contenders;
    }

    /** One measurement of one contender. */
    private record Turn(Measurement measurement, Contender contender, int round) {}

    private List<Turn> turns(List<Contender> contenders) {
        List<Turn> turns = new ArrayList<>();
        for (int round = 1; round <= options.rounds; round++) {
            for (Measurement measurement : Measurement.all(scale)) {
                for (Contender contender : contenders) {
                    if (options.includes(measurement)
                            && measurement.isFor(contender)
                            && round <= measurement.rounds()) {
                        turns.add(new Turn(measurement, contender, round));
                    }
                }
            }
        }
        return turns;
    }

    /** One that fails is told and has no figures: the others go on. One that other programs disturbed is taken again. */
    private void take(Turn turn, Results results) throws InterruptedException {
        Measurement measurement = turn.measurement();
        Contender contender = turn.contender();
        progress.show("round %d: %s, %s".formatted(turn.round(), measurement.id(), contender.name()));
        try {
            for (int attempt = 1; ; attempt++) {
                ForeignLoad foreign = new ForeignLoad();
                JsonNode figures = figures(measurement, contender);
                double share = foreign.share();
                if (share <= MOST_FOREIGN_SHARE || attempt == MOST_ATTEMPTS || options.tiny) {
                    results.add(measurement.id(), contender.name(), turn.round(), share, figures);
                    return;
                }
                progress.tell("%s, %s: other programs took %.0f %% of the machine"
                        .formatted(measurement.id(), contender.name(), 100 * share));
            }
        } catch (IOException e) {
            progress.tell("%s, %s: %s".formatted(measurement.id(), contender.name(), e.getMessage()));
        }
    }

    private JsonNode figures(Measurement measurement, Contender contender) throws IOException, InterruptedException {
        List<String> arguments = measurement.argumentsFor(contender);
        if (measurement.processes() == Measurement.Processes.TWO) {
            return TwoProcesses.measure(
                    contender, contender, arguments, null, new Waits(LIMIT, LIMIT, Duration.ZERO), log);
        }
        try (Child child = Child.start(contender.command(arguments), log)) {
            return child.result(LIMIT);
        }
    }
}
