package io.github.purrtc.examples;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.timeout.ReadTimeoutHandler;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** The echo server: the page over HTTP, and a WebSocket for signalling with each page that is open. */
final class EchoServer implements AutoCloseable {
    static final String SIGNALLING_PATH = "/connect";

    private static final int MAX_REQUEST_BYTES = 8 * 1024;
    private static final int MAX_MESSAGE_BYTES = 128 * 1024;
    private static final int IDLE_LIMIT_SECONDS = 60;
    private static final long CLOSE_LIMIT_MILLIS = 3_000;

    private final EventLoopGroup group;
    private final Channel listener;
    private final EchoSessions sessions;
    private final AtomicBoolean closed = new AtomicBoolean();

    private EchoServer(EventLoopGroup group, Channel listener, EchoSessions sessions) {
        this.group = group;
        this.listener = listener;
        this.sessions = sessions;
    }

    /** @throws IOException if the address cannot be listened on */
    static EchoServer start(EchoOptions options, Story story) throws IOException {
        EchoSessions sessions = new EchoSessions(options.connections(), story);
        EventLoopGroup group =
                new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("http", true), NioIoHandler.newFactory());
        ChannelFuture bound = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(pipeline(sessions))
                .bind(options.host(), options.port())
                .awaitUninterruptibly();
        Throwable failure = bound.cause();
        if (failure != null) {
            group.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly(CLOSE_LIMIT_MILLIS);
            throw new IOException(
                    "cannot listen on " + options.host() + ":" + options.port() + ": " + Failures.describe(failure),
                    failure);
        }
        return new EchoServer(group, bound.channel(), sessions);
    }

    private static ChannelInitializer<SocketChannel> pipeline(EchoSessions sessions) {
        WebSocketServerProtocolConfig webSocket = WebSocketServerProtocolConfig.newBuilder()
                .websocketPath(SIGNALLING_PATH)
                .maxFramePayloadLength(MAX_MESSAGE_BYTES)
                .build();
        return new ChannelInitializer<>() {
            @Override
            protected void initChannel(SocketChannel channel) {
                ChannelPipeline pipeline = channel.pipeline();
                pipeline.addLast(SignallingHandler.IDLE_LIMIT, new ReadTimeoutHandler(IDLE_LIMIT_SECONDS));
                pipeline.addLast(new HttpServerCodec());
                pipeline.addLast(new HttpObjectAggregator(MAX_REQUEST_BYTES));
                pipeline.addLast(new PageHandler());
                pipeline.addLast(new WebSocketServerProtocolHandler(webSocket));
                pipeline.addLast(new WebSocketFrameAggregator(MAX_MESSAGE_BYTES));
                pipeline.addLast(new SignallingHandler(sessions));
            }
        };
    }

    /** The address of the page. */
    URI page() {
        InetSocketAddress address = (InetSocketAddress) listener.localAddress();
        String host = address.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : address.getAddress().getHostAddress();
        return URI.create("http://" + (host.contains(":") ? "[" + host + "]" : host) + ":" + address.getPort() + "/");
    }

    /** Hangs up on every page so that it sees it, and ends. Blocks for at most a few seconds. */
    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            listener.close().awaitUninterruptibly(CLOSE_LIMIT_MILLIS);
            sessions.close();
            group.shutdownGracefully(0, CLOSE_LIMIT_MILLIS, TimeUnit.MILLISECONDS)
                    .awaitUninterruptibly(CLOSE_LIMIT_MILLIS);
        }
    }
}
