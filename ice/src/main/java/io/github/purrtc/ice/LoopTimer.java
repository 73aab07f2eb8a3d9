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
 *
 * <p>It never expires early. A deadline a second or more away may be met up to 67 ms late, together with others: the
 * wake-ups are most of what idle connections cost.
 */
public final class LoopTimer {
    private static final Logger LOG = LoggerFactory.getLogger(LoopTimer.class);
    private static final long NEVER = Long.MAX_VALUE;
    private static final long FAR_NANOS = 1_000_000_000;
    private static final long TICK_NANOS = 1L << 26;

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
        if (deadlineNanos == NEVER) {
            return;
        }
        long nowNanos = loop.nanoTime();
        long wakeUpNanos = wakeUpNanos(deadlineNanos, nowNanos);
        if (scheduled == null || firesAtNanos - wakeUpNanos > 0) {
            unschedule();
            schedule(wakeUpNanos, nowNanos);
        }
    }

    /** Disarms, and lets go of everything. */
    public void cancel() {
        assert loop.inLoop();
        deadlineNanos = NEVER;
        unschedule();
    }

    private void schedule(long wakeUpNanos, long nowNanos) {
        firesAtNanos = wakeUpNanos;
        scheduled = eventLoop.schedule(this::fire, Math.max(0, wakeUpNanos - nowNanos), TimeUnit.NANOSECONDS);
    }

    /** When to wake up for a deadline: the ticks are the same for all timers. */
    static long wakeUpNanos(long deadlineNanos, long nowNanos) {
        return deadlineNanos - nowNanos < FAR_NANOS ? deadlineNanos : deadlineNanos + TICK_NANOS - 1 & -TICK_NANOS;
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
        long nowNanos = loop.nanoTime();
        if (nowNanos - deadlineNanos < 0) {
            schedule(wakeUpNanos(deadlineNanos, nowNanos), nowNanos);
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
