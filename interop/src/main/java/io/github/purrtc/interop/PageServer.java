package io.github.purrtc.interop;

import io.netty.bootstrap.ServerBootstrap;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpServerCodec;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrameAggregator;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import io.netty.util.concurrent.DefaultThreadFactory;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The page with the agent for one browser, on loopback, and the WebSocket that the page opens. */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever fails on a socket closes it, and that is noticed.
final class PageServer implements AutoCloseable {
    private static final String AGENT = "/agent";
    private static final Set<String> FILES = Set.of("page.html", "page.js", "agent.js", "w3c.js", "pattern.js");
    private static final int MAX_BYTES = 1 << 20;

    private final Path folder;
    private final Peer peer;
    private final EventLoopGroup group;
    private final Channel listener;
    private final CompletableFuture<Channel> socket = new CompletableFuture<>();

    /** @param folder with the page */
    PageServer(Path folder, Peer peer) {
        this.folder = folder;
        this.peer = peer;
        group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("page", true), NioIoHandler.newFactory());
        listener = new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    protected void initChannel(SocketChannel channel) {
                        addHandlers(channel);
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    private void addHandlers(SocketChannel channel) {
        channel.pipeline()
                .addLast(new HttpServerCodec())
                .addLast(new HttpObjectAggregator(MAX_BYTES))
                .addLast(new PageFiles())
                .addLast(new WebSocketServerProtocolHandler(WebSocketServerProtocolConfig.newBuilder()
                        .websocketPath(AGENT)
                        .maxFramePayloadLength(MAX_BYTES)
                        .build()))
                .addLast(new WebSocketFrameAggregator(MAX_BYTES))
                .addLast(new Lines());
    }

    String page() {
        return "http://localhost:" + ((InetSocketAddress) listener.localAddress()).getPort() + "/page.html";
    }

    /** To the page, as soon as it has come. */
    void send(String line) {
        socket.thenAccept(channel -> channel.writeAndFlush(new TextWebSocketFrame(line)));
    }

    private final class PageFiles extends SimpleChannelInboundHandler<FullHttpRequest> {
        @Override
        protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) throws IOException {
            if (request.uri().equals(AGENT)) {
                context.fireChannelRead(request.retain());
                return;
            }
            String name = request.uri().substring(1);
            boolean known = FILES.contains(name);
            ByteBuf content =
                    known ? Unpooled.wrappedBuffer(Files.readAllBytes(folder.resolve(name))) : Unpooled.EMPTY_BUFFER;
            FullHttpResponse response = new DefaultFullHttpResponse(
                    HttpVersion.HTTP_1_1, known ? HttpResponseStatus.OK : HttpResponseStatus.NOT_FOUND, content);
            response.headers()
                    .set(HttpHeaderNames.CONTENT_TYPE, name.endsWith(".js") ? "text/javascript" : "text/html")
                    .set(HttpHeaderNames.CONTENT_LENGTH, content.readableBytes());
            context.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
        }
    }

    private final class Lines extends SimpleChannelInboundHandler<TextWebSocketFrame> {
        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof HandshakeComplete) {
                socket.complete(context.channel());
                context.channel().closeFuture().addListener(closed -> peer.end());
            }
        }

        @Override
        protected void channelRead0(ChannelHandlerContext context, TextWebSocketFrame frame) {
            peer.hear(Json.read(frame.text()));
        }
    }

    @Override
    public void close() {
        group.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(3, TimeUnit.SECONDS);
    }
}
