package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Stack;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** What idle pairs hold. A pair is two connections. */
final class Memory {
    /** Set for a JVM whose heap is all resident from the beginning: what grows beside it is native. */
    static final String FIXED_HEAP_PROPERTY = "purrtc.benchmarks.fixedHeap";

    private static final boolean FIXED_HEAP = Boolean.getBoolean(FIXED_HEAP_PROPERTY);

    private static final double SETTLE_SECONDS = 2;
    private static final int MOST_CLASSES = 40;

    private Memory() {}

    private record Held(long heapBytes, long residentBytes, ProcessThreads threads, ClassHistogram classes) {
        static Held now() throws IOException, InterruptedException {
            long heap = ProcessFigures.liveHeapBytes();
            long resident = ProcessFigures.residentBytes();
            return new Held(heap, resident, ProcessThreads.now(), ClassHistogram.now());
        }
    }

    static Line measure(Stack stack, List<Integer> counts, Settings settings) throws Exception {
        settings.warmUp(stack);
        settings.sleep(Math.min(SETTLE_SECONDS, settings.settleSeconds));
        Held before = Held.now();
        Line line = new Line()
                .put("base_MB", before.residentBytes / 1e6)
                .put("base_threads", before.threads.byId().size());
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
        Map<String, Integer> begun = after.threads.begunSince(before.threads);
        return new Line()
                .put("rss_MB", after.residentBytes / 1e6)
                .put("kB_per_pair", both / 1e3 / pairs)
                .put("kB_per_connection", both / 2e3 / pairs)
                .put("heap_kB_per_connection", heap / 2e3 / pairs)
                .put("heap_classes", classes(before, after, 2 * pairs))
                .put("threads", after.threads.byId().size())
                .put(
                        "threads_begun",
                        begun.values().stream().mapToInt(count -> count).sum())
                .put("begun", names(begun));
    }

    private static Line names(Map<String, Integer> begun) {
        Line line = new Line();
        begun.forEach((name, count) -> line.put(name, (long) count));
        return line;
    }

    /** The bytes of a connection by class. */
    private static Line classes(Held before, Held after, int connections) {
        Line line = new Line();
        after.classes.since(before.classes, connections, MOST_CLASSES).forEach(line::put);
        return line;
    }

    private static Line idle(int pairs, Settings settings) throws IOException, InterruptedException {
        double cpuBefore = ProcessFigures.cpuSeconds();
        ProcessThreads threadsBefore = ProcessThreads.now();
        long startNanos = System.nanoTime();
        settings.sleep(settings.seconds);
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        double share = (ProcessFigures.cpuSeconds() - cpuBefore) / seconds;
        long wakeUps = ProcessThreads.now().wakeUpsSince(threadsBefore);
        return new Line()
                .put("idle_cpu_percent", 100 * share)
                .put("idle_cpu_percent_per_1000", 100 * share * 1000 / (2.0 * pairs))
                .put("wake_ups_per_connection_minute", wakeUps * 60 / seconds / (2.0 * pairs));
    }
}
