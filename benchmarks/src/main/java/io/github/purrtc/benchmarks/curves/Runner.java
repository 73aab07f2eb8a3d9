package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.compare.ForeignLoad;
import io.github.purrtc.benchmarks.compare.Progress;
import io.github.purrtc.benchmarks.compare.TwoProcesses;
import io.github.purrtc.benchmarks.emulator.CandidateRewriter;
import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.Relay;

import java.io.File;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Runs one pair of processes after the other, each with a relay between them. */
final class Runner {
    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final File log;
    private final Progress progress = new Progress();
    private final List<Point> points = new ArrayList<>();

    /** @param log where the processes' error output goes */
    Runner(File log) {
        this.log = log;
    }

    /** What is to be measured. */
    record Turn(Sender sender, Network network, long seed, List<String> part) {}

    /** One that fails is told and has no point: the others go on. */
    List<Point> run(List<Turn> turns) throws InterruptedException {
        progress.begin(turns.size(), log);
        for (Turn turn : turns) {
            Network network = turn.network();
            progress.show("%d ms, %s %% lost: %s"
                    .formatted(
                            network.roundTripMillis(),
                            network.lossPercent(),
                            turn.sender().name()));
            try {
                points.add(take(turn));
            } catch (IOException e) {
                progress.tell("%s, seed %d: %s".formatted(turn.sender().name(), turn.seed(), e.getMessage()));
            }
        }
        progress.end();
        return points;
    }

    private Point take(Turn turn) throws IOException, InterruptedException {
        Conditions conditions = turn.network().conditions();
        ForeignLoad foreign = new ForeignLoad();
        Sender sender = turn.sender();
        try (Relay relay = Relay.open(conditions, conditions, turn.seed())) {
            JsonNode figures = TwoProcesses.measure(
                    sender.offering(), sender.answering(), turn.part(), new CandidateRewriter(relay), LIMIT, log);
            return new Point(sender.name(), turn.network(), turn.seed(), foreign.share(), figures);
        }
    }
}
