package io.github.purrtc.dtls;

import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** An event loop of one thread. */
final class Loop implements Executor, AutoCloseable {
    static final int LIMIT_SECONDS = 20;

    private final Object changed = new Object();
    private final ExecutorService thread = Executors.newSingleThreadExecutor(task -> {
        Thread loop = new Thread(task, "test-loop");
        loop.setDaemon(true);
        return loop;
    });

    @Override
    public void execute(Runnable task) {
        thread.execute(() -> {
            task.run();
            synchronized (changed) {
                changed.notifyAll();
            }
        });
    }

    /** Runs on the loop and waits for the result. */
    <T> T call(Callable<T> task) {
        try {
            return thread.submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException cause) {
                throw cause;
            }
            throw new AssertionError(e);
        } catch (InterruptedException | TimeoutException e) {
            throw new AssertionError(e);
        }
    }

    void run(Runnable task) {
        call(() -> {
            task.run();
            return true;
        });
    }

    /** Waits until a condition, looked at on the loop, holds. */
    void await(String what, BooleanSupplier condition) {
        await(() -> what, condition);
    }

    /** Likewise, with words that are made on the loop when it does not. */
    void await(Supplier<String> what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!call(condition::getAsBoolean)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("not within " + LIMIT_SECONDS + " s: " + call(what::get));
            }
            synchronized (changed) {
                try {
                    changed.wait(20);
                } catch (InterruptedException e) {
                    throw new AssertionError(e);
                }
            }
        }
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
