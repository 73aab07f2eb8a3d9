package io.github.purrtc.benchmarks.compare;

/** How much of everything. */
record Scale(
        double seconds,
        double warmupSeconds,
        int roundTrips,
        int setups,
        int freshJvms,
        int idlePairs,
        int fewIdlePairs,
        int bulkPairs,
        int warmupPairs,
        double settleSeconds) {
    /** As the goals name it. */
    static Scale full(double seconds, double warmupSeconds) {
        return new Scale(seconds, warmupSeconds, 10_000, 25, 3, 1_000, 50, 100, 2_000, 60);
    }

    /** Only to see that it works. */
    static Scale tiny() {
        return new Scale(0.3, 0.2, 100, 1, 1, 2, 1, 2, 2, 0.2);
    }
}
