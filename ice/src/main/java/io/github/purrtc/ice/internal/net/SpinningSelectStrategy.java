package io.github.purrtc.ice.internal.net;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.SelectStrategy;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.IntSupplier;

import java.time.Duration;
import java.util.function.LongSupplier;

/** Lets a loop look again and again for a while, after it last had something to do, before its thread sleeps. */
public final class SpinningSelectStrategy implements SelectStrategy {
    private final long spinNanos;
    private final LongSupplier clock;
    private final Runnable yielding;
    private long busyAtNanos;

    /** @param yielding lets others have the processor */
    SpinningSelectStrategy(long spinNanos, LongSupplier clock, Runnable yielding) {
        this.spinNanos = spinNanos;
        this.clock = clock;
        this.yielding = yielding;
        this.busyAtNanos = clock.getAsLong() - spinNanos;
    }

    /** One for each loop; with a spin of zero, Netty's own, which sleeps at once. */
    public static SelectStrategyFactory factory(Duration spin) {
        long spinNanos = spin.toNanos();
        return spinNanos == 0
                ? DefaultSelectStrategyFactory.INSTANCE
                : () -> new SpinningSelectStrategy(spinNanos, System::nanoTime, Thread::yield);
    }

    @Override
    public int calculateStrategy(IntSupplier selectNow, boolean hasTasks) throws Exception {
        int ready = selectNow.get();
        long nowNanos = clock.getAsLong();
        if (hasTasks || ready > 0) {
            busyAtNanos = nowNanos;
            return ready;
        }
        if (nowNanos - busyAtNanos >= spinNanos) {
            return SelectStrategy.SELECT;
        }
        // What is waited for may be another loop's work, on the same processor.
        yielding.run();
        // CONTINUE: a loop that sleeps is woken for a task from another thread; one that spins has to look for it.
        return SelectStrategy.CONTINUE;
    }
}
