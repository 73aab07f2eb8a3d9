package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.nio.ByteBuffer;

/** What a TCP connection receives, frame by frame, for whoever has it at the moment. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a connection closes it
final class TcpInbound extends ChannelInboundHandlerAdapter {
    private static final Logger LOG = LoggerFactory.getLogger(TcpInbound.class);

    /** On the channel's loop. */
    interface Receiver {
        /** How long a frame may be; a longer one ends the connection. */
        int mostFrameBytes();

        /** The content is valid during the call only. */
        void onFrame(ByteBuffer frame);

        void onEndOfBurst();

        void onConnected();

        void onWritable();

        void onClosed();
    }

    private final FrameReader reader = new FrameReader();
    private Receiver receiver;

    TcpInbound(Receiver receiver) {
        this.receiver = receiver;
    }

    /** From the next frame on. */
    void handTo(Receiver next) {
        receiver = next;
    }

    @Override
    public void channelActive(ChannelHandlerContext context) {
        receiver.onConnected();
    }

    @Override
    public void channelRead(ChannelHandlerContext context, Object message) {
        ByteBuf content = (ByteBuf) message;
        try {
            ByteBuffer bytes = content.internalNioBuffer(content.readerIndex(), content.readableBytes());
            if (!reader.read(bytes, () -> receiver.mostFrameBytes(), frame -> receiver.onFrame(frame))) {
                LOG.debug("A frame that is too long from {}", context.channel().remoteAddress());
                context.close();
            }
        } finally {
            content.release();
        }
    }

    @Override
    public void channelReadComplete(ChannelHandlerContext context) {
        receiver.onEndOfBurst();
    }

    @Override
    public void channelWritabilityChanged(ChannelHandlerContext context) {
        if (context.channel().isWritable()) {
            receiver.onWritable();
        }
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) {
        receiver.onClosed();
    }

    @Override
    @SuppressWarnings("deprecation") // of the method in ChannelHandler, not in ChannelInboundHandler
    public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
        if (!(cause instanceof IOException)) {
            LOG.warn("The receiver of a frame failed", cause);
        }
        context.close();
    }
}
