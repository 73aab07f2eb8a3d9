package io.github.purrtc.ice.internal.net;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.SocketProtocolFamily;
import io.netty.util.concurrent.SingleThreadEventExecutor;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Makes the sockets of one loop, and owns the buffers that they share. To be used on the loop. */
public final class LoopSockets {
    /** Asked for; the kernel grants what its limits allow. Small buffers lose packets on loopback under load. */
    private static final int KERNEL_BUFFER_BYTES = 4 << 20;

    /** Above a few bursts: writability is to tell of a full kernel buffer, not of a burst not yet flushed. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(256 << 10, 512 << 10);

    private static final int MULTICAST_DNS_TTL = 255;

    private final EventLoop eventLoop;
    private final SocketKind kind;
    private final @Nullable SharedPorts sharedPorts;
    private final Map<SharedPort, PortReceiver> receivers = new HashMap<>();
    private final LoopTcp tcp;
    private final BurstBuffers burstBuffers = new BurstBuffers();
    private final ReceiveBuffers receiveBuffers;
    private boolean used;

    public LoopSockets(EventLoop eventLoop, SocketKind kind) {
        this(eventLoop, kind, null);
    }

    /** @param sharedPorts the port that the connections of all loops share, if they do */
    public LoopSockets(EventLoop eventLoop, SocketKind kind, @Nullable SharedPorts sharedPorts) {
        this.eventLoop = eventLoop;
        this.kind = kind;
        this.sharedPorts = sharedPorts;
        this.tcp = new LoopTcp(eventLoop, kind, sharedPorts);
        this.receiveBuffers = kind.newReceiveBuffers();
    }

    /**
     * A socket bound to the address, receiving.
     *
     * @param local port 0 for any free one
     * @throws IOException if the address cannot be bound
     */
    public UdpSocket open(InetSocketAddress local, DatagramListener listener) throws IOException {
        return open(local, PortUse.ALONE, listener);
    }

    /** What makes TCP candidates. */
    public LoopTcp tcp() {
        return tcp;
    }

    /** Whether connections have {@linkplain #openShare shares} of a port rather than sockets of their own. */
    public boolean sharesPort() {
        return sharedPorts != null && sharedPorts.udpPort() != 0;
    }

    /**
     * A share of the common port on that address, which receives what is for the username fragment.
     *
     * @throws IOException if the port cannot be bound there, or the fragment is in use
     */
    public HostSocket openShare(InetAddress address, String usernameFragment, DatagramListener listener)
            throws IOException {
        assert eventLoop.inEventLoop();
        if (sharedPorts == null) {
            throw new IllegalStateException("there is no common port");
        }
        SharedPort port = sharedPorts.on(address);
        PortShare share = new PortShare(port, receiver(port), listener);
        if (!share.tryAddFragment(usernameFragment)) {
            throw new IOException("the username fragment is in use on " + port.address());
        }
        return share;
    }

    private PortReceiver receiver(SharedPort port) throws IOException {
        PortReceiver open = receivers.get(port);
        if (open == null) {
            open = new PortReceiver(eventLoop, port);
            open.opened(open(port.address(), PortUse.SHARED, open));
            receivers.put(port, open);
        }
        return open;
    }

    private UdpSocket open(InetSocketAddress local, PortUse use, DatagramListener listener) throws IOException {
        assert eventLoop.inEventLoop();
        releaseBuffersAtShutdown();
        DatagramChannel channel = newChannel(local);
        if (use == PortUse.SHARED) {
            kind.sharePort(channel);
        }
        UdpSocket socket = new UdpSocket(kind, channel, burstBuffers, receiveBuffers, listener);
        channel.pipeline().addLast(socket.handler());
        try {
            LoopTcp.require(eventLoop.register(channel), "register", local);
            LoopTcp.require(channel.bind(local), "bind", local);
        } catch (IOException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
        socket.bound();
        return socket;
    }

    /**
     * Begins a TCP connection.
     *
     * @param local the address to connect from, port 0 for any free one
     * @param handler the first of its pipeline
     */
    public ChannelFuture connect(
            InetSocketAddress local, InetSocketAddress remote, Duration timeout, ChannelHandler handler) {
        assert eventLoop.inEventLoop();
        return new Bootstrap()
                .group(eventLoop)
                .channelFactory(kind::newStreamChannel)
                .option(ChannelOption.TCP_NODELAY, true)
                .option(ChannelOption.SO_REUSEADDR, true)
                .option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) timeout.toMillis())
                .handler(handler)
                .connect(remote, local);
    }

    /**
     * A socket in a multicast group on one interface, sending to it there; others may have the port too.
     *
     * @throws IOException if it cannot be had
     */
    public DatagramChannel openMulticast(
            NetworkInterface networkInterface, InetSocketAddress group, ChannelHandler handler) throws IOException {
        assert eventLoop.inEventLoop();
        boolean isIpv4 = group.getAddress() instanceof Inet4Address;
        DatagramChannel channel = kind.newChannel(isIpv4 ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6);
        try {
            channel.config().setReuseAddress(true);
            channel.config().setNetworkInterface(networkInterface);
            channel.config().setTimeToLive(MULTICAST_DNS_TTL);
            channel.pipeline().addLast(handler);
            LoopTcp.require(eventLoop.register(channel), "register", group);
            InetSocketAddress any = new InetSocketAddress(isIpv4 ? "0.0.0.0" : "::", group.getPort());
            LoopTcp.require(channel.bind(any), "bind", any);
            LoopTcp.require(channel.joinGroup(group, networkInterface), "join", group);
        } catch (IOException | RuntimeException e) {
            channel.unsafe().closeForcibly();
            throw new IOException(e.getMessage(), e);
        }
        return channel;
    }

    private DatagramChannel newChannel(InetSocketAddress local) throws IOException {
        SocketProtocolFamily family =
                local.getAddress() instanceof Inet4Address ? SocketProtocolFamily.INET : SocketProtocolFamily.INET6;
        DatagramChannel channel;
        try {
            channel = kind.newChannel(family);
        } catch (RuntimeException e) {
            throw new IOException("no socket for " + local + ": " + e.getMessage(), e);
        }
        channel.config().setRecvByteBufAllocator(receiveBuffers);
        channel.config().setOption(ChannelOption.SO_RCVBUF, KERNEL_BUFFER_BYTES);
        channel.config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BUFFER_BYTES);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
        return channel;
    }

    private enum PortUse {
        ALONE,
        /** With other sockets of this process (SO_REUSEPORT). */
        SHARED
    }

    private void releaseBuffersAtShutdown() {
        if (!used) {
            used = true;
            ((SingleThreadEventExecutor) eventLoop).addShutdownHook(() -> {
                burstBuffers.release();
                receiveBuffers.release();
            });
        }
    }
}
