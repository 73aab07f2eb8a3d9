package io.github.purrtc.examples;

import io.netty.channel.Channel;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketServerProtocolHandler.HandshakeComplete;
import org.jspecify.annotations.Nullable;

import java.util.concurrent.CompletableFuture;

/** One page's WebSocket. */
@SuppressWarnings("FutureReturnValueIgnored") // Whatever fails on a socket closes it, and that is noticed.
final class SignallingHandler extends SimpleChannelInboundHandler<WebSocketFrame> {
    /** The handler that ends idle connections; an open WebSocket may be idle. */
    static final String IDLE_LIMIT = "idle-limit";

    private final EchoSessions sessions;
    private @Nullable EchoSession session;

    SignallingHandler(EchoSessions sessions) {
        this.sessions = sessions;
    }

    @Override
    public void userEventTriggered(ChannelHandlerContext context, Object event) {
        if (event instanceof HandshakeComplete) {
            context.pipeline().remove(IDLE_LIMIT);
            session = sessions.open(new WebSocketLink(context.channel()));
            if (session == null) {
                close(context.channel(), WebSocketCloseStatus.TRY_AGAIN_LATER);
            }
        } else {
            context.fireUserEventTriggered(event);
        }
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, WebSocketFrame frame) {
        EchoSession current = session;
        if (current == null) {
            return;
        }
        if (frame instanceof TextWebSocketFrame text) {
            current.receive(text.text());
        } else {
            current.refuse("messages must be text");
        }
    }

    /** A page that asks and does not read the answers is not read from either. */
    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        context.channel().config().setAutoRead(context.channel().isWritable());
        context.fireChannelWritabilityChanged();
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        EchoSession current = session;
        session = null;
        if (current != null) {
            sessions.close(current);
        }
        context.fireChannelInactive();
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (session != null && cause instanceof TooLongFrameException) {
            close(context.channel(), WebSocketCloseStatus.MESSAGE_TOO_BIG);
        } else {
            context.close();
        }
    }

    private static void close(Channel channel, WebSocketCloseStatus status) {
        channel.writeAndFlush(new CloseWebSocketFrame(status)).addListener(ChannelFutureListener.CLOSE);
    }

    private record WebSocketLink(Channel channel) implements PageLink {
        @Override
        public void send(Signal signal) {
            channel.writeAndFlush(new TextWebSocketFrame(signal.toJson()));
        }

        @Override
        public CompletableFuture<Void> close() {
            CompletableFuture<Void> closed = new CompletableFuture<>();
            channel.closeFuture().addListener(future -> closed.complete(null));
            SignallingHandler.close(channel, WebSocketCloseStatus.ENDPOINT_UNAVAILABLE);
            return closed;
        }
    }
}
