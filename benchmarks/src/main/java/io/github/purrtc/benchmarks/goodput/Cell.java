package io.github.purrtc.benchmarks.goodput;

import java.util.Arrays;

/** What was measured on one path with one congestion control: the median run of several seeds. */
record Cell(Path path, Control control, Run median) {
    /**
     * One run.
     *
     * @param bytesPerSecond user data delivered in order, after the warm-up
     */
    record Run(double bytesPerSecond, long dropped, long retransmissions, long timeouts) {}

    /** The times are those of the virtual clock; what is delivered in the warm-up does not count. */
    static Cell measure(Path path, Control control, int seeds, int warmupSeconds, int seconds) {
        Run[] runs = new Run[seeds];
        for (int seed = 0; seed < seeds; seed++) {
            runs[seed] = run(path, control, seed + 1, warmupSeconds, seconds);
        }
        Arrays.sort(runs, (one, other) -> Double.compare(one.bytesPerSecond, other.bytesPerSecond));
        return new Cell(path, control, runs[seeds / 2]);
    }

    private static Run run(Path path, Control control, long seed, int warmupSeconds, int seconds) {
        SharedPath only = new SharedPath(path, seed);
        Flow flow = only.add(control, 0);
        only.runUntil(warmupSeconds * 1_000_000_000L);
        long before = flow.deliveredBytes();
        only.runUntil((warmupSeconds + seconds) * 1_000_000_000L);
        return new Run(
                (double) (flow.deliveredBytes() - before) / seconds,
                only.bottleneck().droppedPackets(),
                flow.metrics().retransmissions(),
                flow.metrics().timeouts());
    }

    double megabitsPerSecond() {
        return median.bytesPerSecond * 8 / 1e6;
    }

    double percentOfPath() {
        return 100 * median.bytesPerSecond / path.bytesPerSecond();
    }
}
