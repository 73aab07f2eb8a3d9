package io.github.purrtc.benchmarks.goodput;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Every pair of congestion controls on every path. */
final class Fairness {
    private Fairness() {}

    static List<Sharing> measure(FairnessOptions options, List<Control> firsts, List<Control> seconds, int threads)
            throws InterruptedException, ExecutionException {
        List<Callable<Sharing>> tasks = new ArrayList<>();
        for (Path path : options.paths()) {
            for (Control first : firsts) {
                for (Control second : seconds) {
                    tasks.add(() -> Sharing.measure(path, first, second, options.seeds, options.seconds));
                }
            }
        }
        return Workers.run(tasks, threads, SharingReport::row);
    }
}
