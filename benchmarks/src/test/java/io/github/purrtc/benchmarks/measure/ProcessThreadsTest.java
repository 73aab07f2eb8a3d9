package io.github.purrtc.benchmarks.measure;

import org.junit.jupiter.api.Test;

import java.util.Map;
import java.util.concurrent.locks.LockSupport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

class ProcessThreadsTest {
    private static final long LIMIT_NANOS = 20_000_000_000L;

    private static ProcessThreads.Task thread(String name, long sleeps) {
        return new ProcessThreads.Task(name, sleeps);
    }

    private final ProcessThreads before =
            new ProcessThreads(Map.of(1, thread("purrtc-1", 10), 2, thread("GC Thread#0", 5), 3, thread("ended", 9)));

    @Test
    void namesThoseThatBeganButNotTheJvmsOwn() {
        ProcessThreads after = new ProcessThreads(Map.of(
                1, thread("purrtc-1", 20),
                2, thread("GC Thread#0", 50),
                4, thread("G1 Refine#1", 1),
                5, thread("C2 CompilerThre", 1),
                6, thread("watcher", 1),
                7, thread("watcher", 1)));

        assertEquals(Map.of("watcher", 2), after.begunSince(before));
        assertEquals(10 + 1 + 1, after.wakeUpsSince(before));
    }

    @Test
    void findsAThreadThatBegan() throws Exception {
        ProcessThreads now = ProcessThreads.now();
        assumeFalse(now.byId().isEmpty(), "the system does not tell");
        Thread begun = new Thread(LockSupport::park, "begun-now");
        begun.start();
        try {
            long limitNanos = System.nanoTime() + LIMIT_NANOS;
            // It gets its name when it runs.
            while (!ProcessThreads.now().begunSince(now).containsKey("begun-now") && System.nanoTime() < limitNanos) {
                Thread.onSpinWait();
            }
            assertEquals(1, ProcessThreads.now().begunSince(now).get("begun-now"));
        } finally {
            begun.interrupt();
            begun.join();
        }
    }
}
