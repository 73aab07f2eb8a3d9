package io.github.purrtc.benchmarks.curves;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.compare.Progress;
import io.github.purrtc.benchmarks.compare.TwoProcesses;
import io.github.purrtc.benchmarks.compare.TwoProcesses.Waits;
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
    /** What has not connected by then has given up, or as good as: with DTLS's flights doubling from a second it is the fifth. */
    private static final Duration OPEN_LIMIT = Duration.ofSeconds(20);

    /** A stack that cannot get over the loss of a certain packet of its handshake has no figures with some seeds. */
    private static final int MOST_CONNECTS = 3;

    /** Between the seeds of one turn's tries. */
    static final long OTHER_SEEDS = 1_000;

    private static final Duration LIMIT = Duration.ofSeconds(60);

    /** What waits in a full send buffer is on its way by then, and holes are filled. */
    private static final long ROUND_TRIPS_FOR_THE_REST = 10;

    private final File log;
    private final int mostAttempts;
    private final Progress progress = new Progress();
    private final List<Point> points = new ArrayList<>();

    /**
     * @param log where the processes' error output goes
     * @param mostAttempts how often is taken what other programs disturb
     */
    Runner(File log, int mostAttempts) {
        this.log = log;
        this.mostAttempts = mostAttempts;
    }

    /** What is to be measured. */
    record Turn(Sender sender, Network network, long seed, List<String> part) {
        private Turn withSeed(long other) {
            return new Turn(sender, network, other, part);
        }
    }

    /** One that fails is told, and the others go on. */
    List<Point> run(List<Turn> turns) throws InterruptedException {
        progress.begin(turns.size(), log);
        for (Turn turn : turns) {
            Network network = turn.network();
            progress.show("%d ms, %s %% lost: %s"
                    .formatted(
                            network.roundTripMillis(),
                            network.lossPercent(),
                            turn.sender().name()));
            points.add(take(turn));
        }
        progress.end();
        return points;
    }

    private Point take(Turn turn) throws InterruptedException {
        String why = "";
        for (int i = 0; i < MOST_CONNECTS; i++) {
            Turn tried = turn.withSeed(turn.seed() + i * OTHER_SEEDS);
            try {
                return measureUndisturbed(tried);
            } catch (IOException e) {
                why = String.valueOf(e.getMessage());
                progress.tell("%s, seed %d: %s".formatted(turn.sender().name(), tried.seed(), why));
            }
        }
        return Point.failed(
                turn.sender().name(), turn.network(), turn.seed(), turn.part().get(0), why);
    }

    private Point measureUndisturbed(Turn turn) throws IOException, InterruptedException {
        Point point = measure(turn);
        for (int i = 1; i < mostAttempts && point.isDisturbed(); i++) {
            progress.tell("%s: other programs took %.0f %% of the machine; once more"
                    .formatted(turn.sender().name(), 100 * point.foreignShare()));
            point = measure(turn);
        }
        return point;
    }

    private Point measure(Turn turn) throws IOException, InterruptedException {
        Conditions conditions = turn.network().conditions();
        Sender sender = turn.sender();
        Duration rest =
                Duration.ofMillis(ROUND_TRIPS_FOR_THE_REST * turn.network().roundTripMillis());
        try (Relay relay = Relay.open(conditions, conditions, turn.seed())) {
            CandidateRewriter rewriter = new CandidateRewriter(relay);
            JsonNode figures = TwoProcesses.measure(
                    sender.offering(),
                    sender.answering(),
                    turn.part(),
                    rewriter,
                    new Waits(OPEN_LIMIT, LIMIT, rest),
                    log);
            double foreign = figures.path("foreign_share").asDouble();
            return new Point(sender.name(), turn.network(), turn.seed(), foreign, figures);
        }
    }
}
