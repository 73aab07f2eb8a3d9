package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What idle pairs hold. A pair is two connections. */
final class Memory {
    /** Set for a JVM whose heap is all resident from the beginning: what grows beside it is native. */
    static final String FIXED_HEAP_PROPERTY = "purrtc.benchmarks.fixedHeap";

    private static final boolean FIXED_HEAP = Boolean.getBoolean(FIXED_HEAP_PROPERTY);

    private static final double SETTLE_SECONDS = 2;
    private static final int MOST_CLASSES = 40;

    private Memory() {}

    private record Held(long heapBytes, long residentBytes, long threads, ClassHistogram classes) {
        static Held now() throws IOException, InterruptedException {
            long heap = ProcessFigures.liveHeapBytes();
            long resident = ProcessFigures.residentBytes();
            return new Held(heap, resident, ProcessFigures.threads(), ClassHistogram.now());
        }
    }

    static Line measure(Stack stack, List<Integer> counts, Settings settings) throws Exception {
        settings.warmUp(stack);
        settings.sleep(Math.min(SETTLE_SECONDS, settings.settleSeconds));
        Held before = Held.now();
        Line line = new Line().put("base_MB", before.residentBytes / 1e6).put("base_threads", before.threads);
        List<Pair> pairs = new ArrayList<>();
        try {
            for (int count : counts) {
                while (pairs.size() < count) {
                    pairs.add(Pair.connect(stack, settings.unreliable));
                }
                settings.sleep(settings.settleSeconds);
                line.put("pairs" + count, held(before, Held.now(), count).putAll(idle(count, settings)));
            }
        } finally {
            pairs.forEach(Pair::close);
        }
        return line;
    }

    private static Line held(Held before, Held after, int pairs) {
        long resident = after.residentBytes - before.residentBytes;
        long heap = after.heapBytes - before.heapBytes;
        long both = FIXED_HEAP ? heap + resident : resident;
        return new Line()
                .put("rss_MB", after.residentBytes / 1e6)
                .put("kB_per_pair", both / 1e3 / pairs)
                .put("kB_per_connection", both / 2e3 / pairs)
                .put("heap_kB_per_connection", heap / 2e3 / pairs)
                .put("heap_classes", classes(before, after, 2 * pairs))
                .put("threads", after.threads);
    }

    /** The bytes of a connection by class. */
    private static Line classes(Held before, Held after, int connections) {
        Line line = new Line();
        after.classes.since(before.classes, connections, MOST_CLASSES).forEach(line::put);
        return line;
    }

    private static Line idle(int pairs, Settings settings) throws InterruptedException {
        double cpuBefore = ProcessFigures.cpuSeconds();
        long startNanos = System.nanoTime();
        settings.sleep(settings.seconds);
        double share = (ProcessFigures.cpuSeconds() - cpuBefore) / ((System.nanoTime() - startNanos) / 1e9);
        return new Line()
                .put("idle_cpu_percent", 100 * share)
                .put("idle_cpu_percent_per_1000", 100 * share * 1000 / (2.0 * pairs));
    }
}
