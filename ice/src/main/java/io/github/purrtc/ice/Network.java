package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.net.LoopSockets;
import io.github.purrtc.ice.internal.net.SharedPorts;
import io.github.purrtc.ice.internal.net.SocketKind;
import io.github.purrtc.ice.internal.net.SpinningSelectStrategy;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SelectStrategyFactory;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.FastThreadLocalThread;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A group of event loops and the kind of sockets they make: epoll with segmentation offload where its native library
 * and the kernel have it, else NIO. Thread-safe. The threads are daemons named {@code purrtc-N} and start when they
 * are first needed.
 */
public final class Network implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Network.class);
    private static final AtomicInteger THREADS = new AtomicInteger();
    private static final long CLOSE_LIMIT_SECONDS = 5;

    private final SocketKind kind;
    private final Lifetime lifetime;
    private final @Nullable SharedPorts sharedPorts;
    private final MultiThreadIoEventLoopGroup group;
    private final List<NetworkLoop> loops;
    private final AtomicInteger next = new AtomicInteger();

    private Network(SocketKind kind, NetworkOptions options, Lifetime lifetime) {
        this.kind = kind;
        this.lifetime = lifetime;
        this.sharedPorts = SharedPorts.of(options.ports());
        int threads = sharedPorts != null && !kind.sharesPorts() ? 1 : options.effectiveThreads();
        SelectStrategyFactory waiting = SpinningSelectStrategy.factory(options.spin());
        this.group = new MultiThreadIoEventLoopGroup(threads, Network::newThread, kind.ioHandlers(waiting));
        List<NetworkLoop> made = new ArrayList<>(threads);
        for (EventExecutor executor : group) {
            IoEventLoop eventLoop = (IoEventLoop) executor;
            made.add(new NetworkLoop(eventLoop, new LoopSockets(eventLoop, kind, sharedPorts)));
        }
        this.loops = List.copyOf(made);
        LinkNames linkNames = new LinkNames(loops.get(0));
        loops.forEach(loop -> loop.linkNames(linkNames));
    }

    /**
     * Makes a network of its own; to be closed.
     *
     * @throws IllegalStateException if epoll is asked for and cannot be had
     */
    public static Network open(NetworkOptions options) {
        return open(options, Lifetime.UNTIL_CLOSED);
    }

    private static Network open(NetworkOptions options, Lifetime lifetime) {
        SocketKind kind =
                switch (options.effectiveTransport()) {
                    case NIO -> SocketKind.nio(options.maxDatagramBytes());
                    case EPOLL -> SocketKind.epoll(options.maxDatagramBytes());
                    case AUTO -> SocketKind.best(options.maxDatagramBytes());
                };
        Network network = new Network(kind, options, lifetime);
        LOG.debug("Network: {}, {} loops", kind.name(), network.loops.size());
        return network;
    }

    /** The network of all who do not bring their own: made on first use, never closed. */
    public static Network shared() {
        return Shared.NETWORK;
    }

    /** The loops in turn. */
    public NetworkLoop nextLoop() {
        return loops.get(Math.floorMod(next.getAndIncrement(), loops.size()));
    }

    /** {@code epoll (GSO, GRO)}, {@code epoll} or {@code nio}. */
    public String transportName() {
        return kind.name();
    }

    /** What all connections together have in the tables of the common port; 0 where there is none. */
    int portEntries() {
        return sharedPorts == null ? 0 : sharedPorts.entries();
    }

    /**
     * Closes all sockets and ends the threads; waits for that (5 seconds at most) unless called on one of the loops.
     *
     * @throws UnsupportedOperationException on the shared network
     */
    @Override
    public void close() {
        if (lifetime == Lifetime.PROCESS) {
            throw new UnsupportedOperationException("the shared network is never closed");
        }
        Future<?> ended = group.shutdownGracefully(0, CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        if (loops.stream().noneMatch(NetworkLoop::inLoop)) {
            ended.awaitUninterruptibly(CLOSE_LIMIT_SECONDS, TimeUnit.SECONDS);
        }
    }

    private static Thread newThread(Runnable task) {
        Thread thread = new FastThreadLocalThread(task, "purrtc-" + THREADS.incrementAndGet());
        thread.setDaemon(true);
        return thread;
    }

    private static final class Shared {
        static final Network NETWORK = open(NetworkOptions.defaults(), Lifetime.PROCESS);
    }

    private enum Lifetime {
        UNTIL_CLOSED,
        PROCESS
    }
}
