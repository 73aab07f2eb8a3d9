package io.github.purrtc.benchmarks.goodput;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Function;

/** Does some things at a time, and tells of each one on the error output how it went. */
final class Workers {
    private Workers() {}

    /** Returns the results in the order of the tasks. */
    static <T> List<T> run(List<Callable<T>> tasks, int threads, Function<T, String> told)
            throws InterruptedException, ExecutionException {
        ExecutorService workers = Executors.newFixedThreadPool(threads);
        try {
            List<Future<T>> pending = new ArrayList<>();
            for (Callable<T> task : tasks) {
                pending.add(workers.submit(task));
            }
            List<T> results = new ArrayList<>();
            for (Future<T> result : pending) {
                results.add(result.get());
                System.err.printf(
                        "%d of %d: %s%n", results.size(), pending.size(), told.apply(results.get(results.size() - 1)));
            }
            return results;
        } finally {
            workers.shutdownNow();
        }
    }
}
