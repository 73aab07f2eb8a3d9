package io.github.purrtc.ice.internal.net;

import io.netty.channel.DefaultSelectStrategyFactory;
import io.netty.channel.IoEventLoop;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.util.concurrent.EventExecutor;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/** A few event loops with their sockets, for a test or a measurement. */
final class Loops implements AutoCloseable {
    private static final long LIMIT_SECONDS = 20;

    private final MultiThreadIoEventLoopGroup group;
    private final List<IoEventLoop> loops = new ArrayList<>();
    private final List<LoopSockets> sockets = new ArrayList<>();

    Loops(SocketKind kind, int count) {
        this(kind, count, null);
    }

    Loops(SocketKind kind, int count, @Nullable SharedPorts sharedPorts) {
        group = new MultiThreadIoEventLoopGroup(count, kind.ioHandlers(DefaultSelectStrategyFactory.INSTANCE));
        for (EventExecutor executor : group) {
            IoEventLoop loop = (IoEventLoop) executor;
            loops.add(loop);
            sockets.add(new LoopSockets(loop, kind, sharedPorts));
        }
    }

    UdpSocket open(int loop, DatagramListener listener) throws Exception {
        return open(loop, loopback(0), listener);
    }

    UdpSocket open(int loop, InetSocketAddress local, DatagramListener listener) throws Exception {
        return call(loop, () -> sockets.get(loop).open(local, listener));
    }

    PortShare openShare(int loop, String fragment, DatagramListener listener) throws Exception {
        return call(loop, () ->
                (PortShare) sockets.get(loop).openShare(InetAddress.getLoopbackAddress(), fragment, listener));
    }

    HostSocket openTcpShare(int loop, String fragment, DatagramListener listener) throws Exception {
        return call(
                loop, () -> sockets.get(loop).tcp().openShare(InetAddress.getLoopbackAddress(), fragment, listener));
    }

    HostSocket openPassive(int loop, String fragment, DatagramListener listener) throws Exception {
        return call(loop, () -> sockets.get(loop).tcp().openPassive(loopback(0), fragment, listener));
    }

    HostSocket openActive(int loop, DatagramListener listener) throws Exception {
        return call(loop, () -> sockets.get(loop).tcp().openActive(InetAddress.getLoopbackAddress(), listener));
    }

    <T> T call(int loop, Callable<T> task) throws Exception {
        try {
            return loops.get(loop).submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (java.util.concurrent.ExecutionException e) {
            if (e.getCause() instanceof IOException cause) {
                throw cause;
            }
            throw e;
        }
    }

    void run(int loop, Runnable task) throws Exception {
        loops.get(loop).submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
    }

    void later(int loop, Runnable task) {
        loops.get(loop).execute(task);
    }

    static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, LIMIT_SECONDS, TimeUnit.SECONDS)
                .awaitUninterruptibly(LIMIT_SECONDS, TimeUnit.SECONDS);
    }
}
