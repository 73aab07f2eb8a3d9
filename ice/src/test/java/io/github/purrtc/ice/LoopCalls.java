package io.github.purrtc.ice;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

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
}
