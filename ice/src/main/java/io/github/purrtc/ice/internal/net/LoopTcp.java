package io.github.purrtc.ice.internal.net;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;

/** Makes the TCP candidates of one loop (RFC 6544). To be used on the loop. */
public final class LoopTcp {
    /** RFC 863, and RFC 6544 §4.5: an active candidate has no port that could be connected to. */
    private static final int DISCARD_PORT = 9;

    private static final int BACKLOG = 1_024;
    private static final int CONNECT_LIMIT_MILLIS = 10_000;
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private final EventLoop eventLoop;
    private final SocketKind kind;
    private final @Nullable SharedPorts sharedPorts;
    private final Map<TcpPort, TcpAcceptor> acceptors = new HashMap<>();

    LoopTcp(EventLoop eventLoop, SocketKind kind, @Nullable SharedPorts sharedPorts) {
        this.eventLoop = eventLoop;
        this.kind = kind;
        this.sharedPorts = sharedPorts;
    }

    static void configure(Channel channel) {
        channel.config().setOption(ChannelOption.TCP_NODELAY, true);
        channel.config().setConnectTimeoutMillis(CONNECT_LIMIT_MILLIS);
        channel.config().setWriteBufferWaterMark(WATER_MARK);
    }

    /** A candidate that connects from that address. */
    public HostSocket openActive(InetAddress address, DatagramListener listener) {
        assert eventLoop.inEventLoop();
        return new TcpActiveSocket(eventLoop, kind, new InetSocketAddress(address, DISCARD_PORT), listener);
    }

    /** Whether passive candidates have {@linkplain #openShare shares} of a port rather than ports of their own. */
    public boolean sharesPort() {
        return sharedPorts != null && sharedPorts.tcpPort() != 0;
    }

    /**
     * A candidate that is connected to at a port of its own.
     *
     * @param local port 0 for any free one
     * @throws IOException if the address cannot be bound
     */
    @SuppressWarnings("FutureReturnValueIgnored") // closing has no result
    public HostSocket openPassive(InetSocketAddress local, String usernameFragment, DatagramListener listener)
            throws IOException {
        assert eventLoop.inEventLoop();
        Channel channel = kind.newListeningChannel();
        listen(channel, local);
        TcpPort port = new TcpPort((InetSocketAddress) channel.localAddress(), channel::close);
        channel.pipeline().addLast(new TcpAcceptor(eventLoop, port));
        TcpShare share = new TcpShare(eventLoop, port, listener);
        share.addFragment(usernameFragment);
        return share;
    }

    /**
     * A candidate that is connected to at the common port.
     *
     * @throws IOException if the port cannot be bound there, or the fragment is in use
     */
    public HostSocket openShare(InetAddress address, String usernameFragment, DatagramListener listener)
            throws IOException {
        assert eventLoop.inEventLoop();
        if (sharedPorts == null) {
            throw new IllegalStateException("there is no common port");
        }
        TcpPort port = sharedPorts.tcpOn(address);
        if (!acceptors.containsKey(port)) {
            acceptors.put(port, accept(port));
        }
        TcpShare share = new TcpShare(eventLoop, port, listener);
        if (!share.tryAddFragment(usernameFragment)) {
            throw new IOException("the username fragment is in use on " + port.address());
        }
        return share;
    }

    private TcpAcceptor accept(TcpPort port) throws IOException {
        Channel channel = kind.newListeningChannel();
        kind.sharePort(channel);
        listen(channel, port.address());
        TcpAcceptor acceptor = new TcpAcceptor(eventLoop, port);
        channel.pipeline().addLast(acceptor);
        return acceptor;
    }

    private void listen(Channel channel, InetSocketAddress local) throws IOException {
        channel.config().setOption(ChannelOption.SO_REUSEADDR, true);
        channel.config().setOption(ChannelOption.SO_BACKLOG, BACKLOG);
        try {
            require(eventLoop.register(channel), "register", local);
            require(channel.bind(local), "bind", local);
        } catch (IOException e) {
            channel.unsafe().closeForcibly();
            throw e;
        }
    }

    /** On the loop, registering and binding are done when they return. */
    static void require(ChannelFuture future, String what, InetSocketAddress local) throws IOException {
        if (!future.isSuccess()) {
            @Nullable Throwable cause = future.cause();
            String reason = cause == null ? "not done at once" : String.valueOf(cause.getMessage());
            throw new IOException("cannot " + what + " " + local + ": " + reason, cause);
        }
    }
}
