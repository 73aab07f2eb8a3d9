package io.github.purrtc.ice;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Calls from a test's thread onto a loop. */
final class LoopCalls {
    private static final long LIMIT_SECONDS = 20;

    private LoopCalls() {}

    static <T> T call(NetworkLoop loop, Callable<T> task) throws Exception {
        CompletableFuture<T> result = new CompletableFuture<>();
        loop.execute(() -> {
            try {
                result.complete(task.call());
            } catch (Throwable e) {
                result.completeExceptionally(e);
            }
        });
        return result.get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    static void run(NetworkLoop loop, Runnable task) throws Exception {
        call(loop, () -> {
            task.run();
            return true;
        });
    }

    /** Waits until it holds, 20 seconds at most. */
    static void await(BooleanSupplier condition, Supplier<String> what) {
        long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - limit > 0) {
                throw new AssertionError("still not: " + what.get());
            }
            java.util.concurrent.locks.LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
    }
}
