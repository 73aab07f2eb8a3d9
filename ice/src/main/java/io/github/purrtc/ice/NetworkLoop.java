package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.LoopSockets;
import io.netty.channel.IoEventLoop;
import org.jspecify.annotations.Nullable;

import java.util.Objects;
import java.util.concurrent.Executor;

/** One thread that serves many sockets: all objects of one connection live on it, and so need no locks. */
public final class NetworkLoop implements Executor {
    private final IoEventLoop eventLoop;
    private final LoopSockets sockets;
    private @Nullable LinkNames linkNames;

    NetworkLoop(IoEventLoop eventLoop, LoopSockets sockets) {
        this.eventLoop = eventLoop;
        this.sockets = sockets;
    }

    /**
     * Runs the task on the loop, soon, in the order of the calls; from any thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if the network is closed
     */
    @Override
    public void execute(Runnable task) {
        eventLoop.execute(task);
    }

    /** Whether the caller is this loop's thread. */
    public boolean inLoop() {
        return eventLoop.inEventLoop();
    }

    /** The time that everything on the loop goes by: nanoseconds from an arbitrary origin. */
    public long nanoTime() {
        return System.nanoTime();
    }

    /** A timer, not armed, whose expiry runs on the loop. */
    public LoopTimer newTimer(Runnable onExpiry) {
        return new LoopTimer(this, eventLoop, onExpiry);
    }

    /** What the loops of a network share; set before any of them is used. */
    void linkNames(LinkNames value) {
        linkNames = value;
    }

    LinkNames linkNames() {
        return Objects.requireNonNull(linkNames, "a loop of no network");
    }

    LoopSockets sockets() {
        return sockets;
    }

    /** @throws IllegalStateException if the caller is another thread */
    void requireInLoop() {
        if (!inLoop()) {
            throw new IllegalStateException("to be called on the loop's thread, not on "
                    + Thread.currentThread().getName());
        }
    }
}
