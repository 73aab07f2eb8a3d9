package io.github.purrtc.dtls.internal;

import org.jspecify.annotations.Nullable;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Executor;

/** Runs so many tasks at once on another executor, the rest in the order they came. */
public final class BoundedExecutor implements Executor {
    private final int bound;
    private final Executor threads;
    private final Deque<Runnable> waiting = new ArrayDeque<>();
    private int running;

    public BoundedExecutor(int bound, Executor threads) {
        this.bound = bound;
        this.threads = threads;
    }

    @Override
    public void execute(Runnable task) {
        synchronized (waiting) {
            if (running == bound) {
                waiting.add(task);
                return;
            }
            running++;
        }
        try {
            threads.execute(() -> runAll(task));
        } catch (RuntimeException | Error e) {
            next();
            throw e;
        }
    }

    private void runAll(Runnable first) {
        Runnable task = first;
        while (task != null) {
            try {
                task.run();
            } finally {
                task = next();
            }
        }
    }

    private @Nullable Runnable next() {
        synchronized (waiting) {
            Runnable task = waiting.poll();
            if (task == null) {
                running--;
            }
            return task;
        }
    }
}
