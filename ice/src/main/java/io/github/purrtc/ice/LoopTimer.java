package io.github.purrtc.ice;

import io.netty.channel.IoEventLoop;
import io.netty.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.Objects;
import java.util.concurrent.TimeUnit;

/**
 * One deadline on a {@link NetworkLoop}, cheap to move: of the loop's scheduled tasks it holds one at most, and a
 * deadline that moves away leaves that task where it is, to be scheduled anew when it fires. To be used on the loop.
 */
public final class LoopTimer {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTimer.class);
    private static final long NEVER = Long.MAX_VALUE;

    private final NetworkLoop loop;
    private final IoEventLoop eventLoop;
    private final Runnable onExpiry;
    private long deadlineNanos = NEVER;
    private long firesAtNanos;
    private @Nullable ScheduledFuture<?> scheduled;

    LoopTimer(NetworkLoop loop, IoEventLoop eventLoop, Runnable onExpiry) {
        this.loop = loop;
        this.eventLoop = eventLoop;
        this.onExpiry = Objects.requireNonNull(onExpiry, "onExpiry");
    }

    /**
     * Sets the deadline; the timer expires once, and is then not armed.
     *
     * @param deadlineNanos on the scale of {@link NetworkLoop#nanoTime()}; {@code Long.MAX_VALUE} disarms
     */
    public void arm(long deadlineNanos) {
        assert loop.inLoop();
        if (deadlineNanos == this.deadlineNanos) {
            return;
        }
        this.deadlineNanos = deadlineNanos;
        if (deadlineNanos == NEVER || (scheduled != null && firesAtNanos - deadlineNanos <= 0)) {
            return;
        }
        unschedule();
        schedule();
    }

    /** Disarms, and lets go of everything. */
    public void cancel() {
        assert loop.inLoop();
        deadlineNanos = NEVER;
        unschedule();
    }

    private void schedule() {
        firesAtNanos = deadlineNanos;
        long delayNanos = Math.max(0, deadlineNanos - loop.nanoTime());
        scheduled = eventLoop.schedule(this::fire, delayNanos, TimeUnit.NANOSECONDS);
    }

    private void unschedule() {
        if (scheduled != null) {
            scheduled.cancel(false);
            scheduled = null;
        }
    }

    private void fire() {
        scheduled = null;
        if (deadlineNanos == NEVER) {
            return;
        }
        if (loop.nanoTime() - deadlineNanos < 0) {
            schedule();
            return;
        }
        deadlineNanos = NEVER;
        try {
            onExpiry.run();
        } catch (RuntimeException e) {
            LOG.warn("A timer's task failed", e);
        }
    }
}
