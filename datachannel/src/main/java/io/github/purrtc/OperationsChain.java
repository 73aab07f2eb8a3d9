package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * The operations chain of webrtc-pc §4.4.1.2: operations of any thread, carried out one after the other on the loop. An operation is
 * done within its task, so the loop's queue is the chain; what is kept here is how long it is.
 */
final class OperationsChain {
    private static final Logger LOGGER = LoggerFactory.getLogger(OperationsChain.class);

    private final NetworkLoop loop;
    private final BooleanSupplier closed;
    private final AtomicInteger length = new AtomicInteger();
    private @Nullable Runnable whenEmpty;

    OperationsChain(NetworkLoop loop, BooleanSupplier closed) {
        this.loop = loop;
        this.closed = closed;
    }

    /** Never runs the operation at once, even on the loop: what is queued before goes first. */
    <T> CompletionStage<T> enqueue(String name, Supplier<T> operation) {
        CompletableFuture<T> result = new CompletableFuture<>();
        length.incrementAndGet();
        loop.execute(() -> {
            Runnable completion = run(name, operation, result);
            // Those who wait for the result may queue the next operation: this one has left the chain by then.
            length.decrementAndGet();
            completion.run();
            afterwards();
        });
        return result;
    }

    private <T> Runnable run(String name, Supplier<T> operation, CompletableFuture<T> result) {
        try {
            requireOpen(name);
            T value = operation.get();
            return () -> result.complete(value);
        } catch (RtcException e) {
            return () -> result.completeExceptionally(e);
        } catch (RuntimeException e) {
            LOGGER.error("{} failed", name, e);
            return () -> result.completeExceptionally(new RtcException(ErrorName.OPERATION_ERROR, e.toString(), e));
        }
    }

    void requireOpen(String operation) {
        if (closed.getAsBoolean()) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, operation + " is not possible: the connection is closed");
        }
    }

    boolean isEmpty() {
        return length.get() == 0;
    }

    /** On the loop: runs the task, once, when the last operation is done. */
    void whenEmpty(Runnable task) {
        whenEmpty = task;
    }

    private void afterwards() {
        Runnable task = whenEmpty;
        if (task != null && isEmpty() && !closed.getAsBoolean()) {
            whenEmpty = null;
            task.run();
        }
    }
}
