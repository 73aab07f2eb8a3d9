package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.LoopSockets;
import io.github.purrtc.ice.internal.turn.TurnFrames;
import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import io.netty.util.ReferenceCountUtil;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.function.Consumer;

/** TCP, or TLS over it, towards one server. */
final class StreamServerConnection implements ServerConnection {
    /** More would be delay, not throughput: what is carried has a congestion control of its own. */
    private static final WriteBufferWaterMark WATER_MARK = new WriteBufferWaterMark(64 << 10, 256 << 10);

    private static final long MOST_BYTES_WAITING = 1 << 20;
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(30);

    private final Listener listener;
    private final TurnFrames frames = new TurnFrames();
    private final Consumer<ByteBuffer> onMessage;
    private @Nullable Channel channel;
    private @Nullable ByteBuf burst;
    private boolean over;

    /** @param tls null for TCP alone */
    StreamServerConnection(
            LoopSockets sockets,
            InetSocketAddress local,
            InetSocketAddress server,
            @Nullable SslHandler tls,
            Listener listener) {
        this.listener = listener;
        this.onMessage = listener::onMessage;
        ChannelFuture connecting = sockets.connect(local, server, CONNECT_TIMEOUT, new ChannelInitializer<Channel>() {
            @Override
            protected void initChannel(Channel made) {
                made.config().setWriteBufferWaterMark(WATER_MARK);
                if (tls != null) {
                    made.pipeline().addLast(tls);
                }
                made.pipeline().addLast(new Inbound(tls == null));
            }
        });
        channel = connecting.channel();
        connecting.addListener(done -> {
            if (!done.isSuccess()) {
                fail(String.valueOf(done.cause().getMessage()));
            }
        });
    }

    @Override
    public void write(byte[] buffer, int offset, int length) {
        Channel open = channel;
        if (open == null || over || open.bytesBeforeWritable() > MOST_BYTES_WAITING) {
            return;
        }
        ByteBuf current = burst;
        if (current == null) {
            current = open.alloc().buffer(Math.max(length, 2_048));
            burst = current;
        }
        current.writeBytes(buffer, offset, length);
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // a failed write ends the connection, which tells
    public void flush() {
        ByteBuf current = burst;
        burst = null;
        Channel open = channel;
        if (current != null && open != null) {
            open.writeAndFlush(current, open.voidPromise());
        }
    }

    @Override
    public boolean isWritable() {
        Channel open = channel;
        return open == null || open.isWritable();
    }

    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // nobody waits for it
    public void close() {
        over = true;
        if (burst != null) {
            burst.release();
            burst = null;
        }
        if (channel != null) {
            channel.close();
        }
    }

    private void fail(String reason) {
        if (!over) {
            close();
            listener.onFailure(reason);
        }
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        private final boolean plain;

        Inbound(boolean plain) {
            this.plain = plain;
        }

        @Override
        public void channelActive(ChannelHandlerContext context) {
            if (plain && !over) {
                listener.onConnected();
            }
        }

        @Override
        public void userEventTriggered(ChannelHandlerContext context, Object event) {
            if (event instanceof SslHandshakeCompletionEvent handshake && !over) {
                if (handshake.isSuccess()) {
                    listener.onConnected();
                } else {
                    fail("TLS: " + handshake.cause().getMessage());
                }
            }
        }

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            try {
                if (!over && message instanceof ByteBuf bytes && !frames.receive(bytes.nioBuffer(), onMessage)) {
                    fail("the server does not speak TURN");
                }
            } finally {
                ReferenceCountUtil.release(message);
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (!over) {
                listener.onEndOfBurst();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!over && context.channel().isWritable()) {
                listener.onWritable();
            }
        }

        @Override
        public void channelInactive(ChannelHandlerContext context) {
            fail("the server closed the connection");
        }

        @Override
        @SuppressWarnings("deprecation") // of the method in ChannelHandler, not in ChannelInboundHandler
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            fail(String.valueOf(cause.getMessage()));
        }
    }
}
