package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Delays;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;

/**
 * How two flows shared a path, in several runs.
 *
 * @param first the congestion control of the flow that was there before
 * @param second that of the flow that came to it
 * @param runs by the share of the first
 */
record Sharing(Path path, Control first, Control second, List<Run> runs) {
    private static final long SECOND_NANOS = 1_000_000_000L;
    /** The second begins at once, five or ten seconds later, by turns, and by the seed up to a tenth of a second after that. */
    private static final int STARTS = 3;

    private static final int SECONDS_BETWEEN_STARTS = 5;
    private static final long START_JITTER_NANOS = 100_000_000L;
    private static final double LONGEST = 0.99;
    private static final double FAIR_SHARE = 0.6;

    /**
     * One run, from the second's beginning on.
     *
     * @param seed which one
     * @param firstShare what the first had of the user data of both, 0 to 1
     * @param fill how much of the path both had together, 0 to 1
     * @param queueMillis how long half of the packets waited at most
     * @param longQueueMillis how long 99 of 100 waited at most
     */
    record Run(long seed, double firstShare, double fill, double queueMillis, double longQueueMillis) {}

    /** The time counts from the beginning of the second on. */
    static Sharing measure(Path path, Control first, Control second, int seeds, int seconds) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(run(path, first, second, seed, seconds));
        }
        runs.sort(Comparator.comparingDouble(Run::firstShare));
        return new Sharing(path, first, second, runs);
    }

    private static Run run(Path path, Control first, Control second, long seed, int seconds) {
        long laterNanos = seed % STARTS * SECONDS_BETWEEN_STARTS * SECOND_NANOS
                + new SplittableRandom(seed).nextLong(START_JITTER_NANOS);
        SharedPath shared = new SharedPath(path, seed);
        Flow one = shared.add(first, 0);
        Flow other = shared.add(second, laterNanos);
        shared.runUntil(laterNanos);
        long before = one.deliveredBytes();
        Delays queue = shared.bottleneck().queueDelay();
        queue.reset();
        shared.runUntil(laterNanos + seconds * SECOND_NANOS);
        double ofFirst = one.deliveredBytes() - before;
        double ofBoth = ofFirst + other.deliveredBytes();
        return new Run(
                seed,
                ofFirst / ofBoth,
                ofBoth / seconds / path.bytesPerSecond(),
                queue.quantileMillis(0.5),
                queue.quantileMillis(LONGEST));
    }

    Run median() {
        return runs.get(runs.size() / 2);
    }

    /** The run that was the furthest from equal shares. */
    Run worst() {
        Run least = runs.get(0);
        Run most = runs.get(runs.size() - 1);
        return 0.5 - least.firstShare > most.firstShare - 0.5 ? least : most;
    }

    /** Whether no run was worse than 60:40. */
    boolean isFair() {
        return isFair(worst());
    }

    boolean isFairInTheMedian() {
        return isFair(median());
    }

    private static boolean isFair(Run run) {
        return Math.abs(run.firstShare - 0.5) <= FAIR_SHARE - 0.5;
    }
}
