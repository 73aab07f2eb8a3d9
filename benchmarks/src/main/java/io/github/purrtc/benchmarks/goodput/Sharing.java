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
    private static final int EARLIEST_SECONDS = 1;
    private static final int LATEST_SECONDS = 5;
    private static final double MOST = 0.95;

    /**
     * One run, from the second's beginning on.
     *
     * @param seed which one
     * @param firstShare what the first had of the user data of both, 0 to 1
     * @param fill how much of the path both had together, 0 to 1
     * @param queueMillis how long packets waited on average
     * @param longQueueMillis how long 95 of 100 waited at most
     */
    record Run(long seed, double firstShare, double fill, double queueMillis, double longQueueMillis) {}

    /** The second begins by the seed, one to five seconds after the first; the time counts from then. */
    static Sharing measure(Path path, Control first, Control second, int seeds, int seconds) {
        List<Run> runs = new ArrayList<>();
        for (int seed = 1; seed <= seeds; seed++) {
            runs.add(run(path, first, second, seed, seconds));
        }
        runs.sort(Comparator.comparingDouble(Run::firstShare));
        return new Sharing(path, first, second, runs);
    }

    private static Run run(Path path, Control first, Control second, long seed, int seconds) {
        long laterNanos =
                new SplittableRandom(seed).nextLong(EARLIEST_SECONDS * SECOND_NANOS, LATEST_SECONDS * SECOND_NANOS);
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
                queue.meanMillis(),
                queue.quantileMillis(MOST));
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
}
