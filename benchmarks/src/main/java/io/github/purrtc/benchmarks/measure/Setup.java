package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Stack;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** How long it takes to connect: one pair after the other, or many at a time. */
final class Setup {
    private static final double PAUSE_SECONDS = 0.05;
    private static final double SETTLE_SECONDS = 0.3;

    private Setup() {}

    static Line oneByOne(Stack stack, int count, Settings settings) throws Exception {
        double[] fromOffer = new double[count];
        double[] fromConstructors = new double[count];
        settings.warmUp(stack);
        for (int i = 0; i < count; i++) {
            try (Pair pair = Pair.connect(stack, settings.unreliable)) {
                fromOffer[i] = pair.setupMillis();
                fromConstructors[i] = pair.setupWithConstructorsMillis();
            }
            settings.sleep(PAUSE_SECONDS);
        }
        return new Line()
                .put("count", count)
                .putSpread("setup_ms", fromOffer)
                .putSpread("setupWithCtor_ms", fromConstructors);
    }

    /**
     * The very first pair of this JVM.
     *
     * @param startNanos when the stack began to be opened
     */
    static Line first(Stack stack, long startNanos, Settings settings) throws Exception {
        try (Pair pair = Pair.connect(stack, settings.unreliable)) {
            return new Line()
                    .put("first_ms", pair.setupMillis())
                    .put("firstWithCtor_ms", (pair.openedNanos() - startNanos) / 1e6);
        }
    }

    static Line bulk(Stack stack, int count, Settings settings) throws Exception {
        settings.warmUp(stack);
        settings.sleep(SETTLE_SECONDS);
        ExecutorService workers = Executors.newFixedThreadPool(settings.concurrency);
        List<Pair> pairs = new ArrayList<>();
        int failed = 0;
        double cpuBefore = ProcessFigures.cpuSeconds();
        long startNanos = System.nanoTime();
        Callable<Pair> connect = () -> Pair.connect(stack, settings.unreliable);
        List<Future<Pair>> pending = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pending.add(workers.submit(connect));
        }
        for (Future<Pair> pair : pending) {
            try {
                pairs.add(pair.get());
            } catch (java.util.concurrent.ExecutionException e) {
                failed++;
                System.err.println("a pair did not connect: " + e.getCause());
            }
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double cpuSeconds = ProcessFigures.cpuSeconds() - cpuBefore;
        workers.shutdown();
        pairs.forEach(Pair::close);
        return new Line()
                .put("pairs", pairs.size())
                .put("failed", failed)
                .put("concurrency", settings.concurrency)
                .put("secs", seconds)
                .put("pairs_per_s", pairs.size() / seconds)
                .put("cpu_ms_per_pair", cpuSeconds * 1e3 / pairs.size());
    }
}
