package io.github.purrtc.dtls;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** Tells a transport when its handshake should have begun. */
@FunctionalInterface
public interface DtlsTimer {
    /**
     * Called on the transport's loop: runs the task there after so many milliseconds.
     *
     * @return takes the task back; called on the loop, perhaps more than once or when the task has run
     */
    Runnable after(long millis, Runnable task);

    /** Waits on the thread that the JVM has for all its timeouts; for loops without a timer of their own. */
    static DtlsTimer on(Executor loop) {
        return (millis, task) -> {
            CompletableFuture<Void> waiting = new CompletableFuture<>();
            var unused = waiting.completeOnTimeout(null, millis, TimeUnit.MILLISECONDS)
                    .thenRunAsync(task, loop);
            return () -> waiting.cancel(false);
        };
    }
}
