package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.DatagramPacket;
import io.netty.util.concurrent.Future;
import io.netty.util.concurrent.GenericFutureListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.InetSocketAddress;

/**
 * A bound UDP socket that works in bursts. What one system call read is handed on datagram by datagram, then its end is
 * told. What is written is laid one behind the other in one buffer and sent by {@link #flush()}; runs of equal length
 * to one destination (the last may be shorter) leave as one packet that the kernel segments, where it can.
 *
 * <p>An error is that of one datagram (or run), counted, and never closes the socket. To be used on its loop.
 */
public final class UdpSocket implements HostSocket {
    /** What a UDP datagram over IPv4 can carry. */
    public static final int MOST_DATAGRAM_BYTES = 65_507;

    private static final Logger LOG = LoggerFactory.getLogger(UdpSocket.class);

    /** UDP_MAX_SEGMENTS of the kernels that had UDP_SEGMENT first. */
    private static final int MOST_SEGMENTS = 64;

    /** Datagrams of this size fit in the packet that every path of IPv6 carries. */
    private static final int SURE_BYTES = 1_232;

    /** What may wait for a full kernel buffer; beyond it, datagrams are dropped. */
    private static final long MOST_BYTES_WAITING = 4 << 20;

    private final SocketKind kind;
    private final DatagramChannel channel;
    private final BurstBuffers burstBuffers;
    private final ReceiveBuffers receiveBuffers;
    private final DatagramListener listener;
    private final GenericFutureListener<Future<? super Void>> onSegmentedSend = this::onSegmentedSend;
    private final GenericFutureListener<Future<? super Void>> onLargeSegmentedSend = this::onLargeSegmentedSend;
    private boolean segmentsSends;
    private @Nullable InetSocketAddress localAddress;
    private boolean closed;

    private @Nullable ByteBuf burst;
    private @Nullable InetSocketAddress runDestination;
    private int runStart;
    private int runSegmentBytes;
    private int runSegments;
    private boolean runEnded;

    private long datagramsReceived;
    private long datagramsWritten;
    private long datagramsDropped;
    private long errors;

    UdpSocket(
            SocketKind kind,
            DatagramChannel channel,
            BurstBuffers burstBuffers,
            ReceiveBuffers receiveBuffers,
            DatagramListener listener) {
        this.kind = kind;
        this.channel = channel;
        this.segmentsSends = kind.segmentsSends();
        this.burstBuffers = burstBuffers;
        this.receiveBuffers = receiveBuffers;
        this.listener = listener;
    }

    ChannelHandler handler() {
        return new Inbound();
    }

    void bound() {
        localAddress = channel.localAddress();
    }

    @Override
    public InetSocketAddress localAddress() {
        if (localAddress == null) {
            throw new IllegalStateException("not bound");
        }
        return localAddress;
    }

    /** Appends a copy of one datagram to the burst; dropped and counted if it is empty, too long, or too much waits. */
    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        assert channel.eventLoop().inEventLoop();
        if (closed || length <= 0 || length > MOST_DATAGRAM_BYTES) {
            datagramsDropped++;
            return;
        }
        if (runSegments > 0 && !continuesRun(length, destination)) {
            endRun();
        }
        ByteBuf room = room(length);
        if (runSegments == 0) {
            runStart = room.writerIndex();
            runSegmentBytes = length;
            runDestination = destination;
        }
        room.writeBytes(buffer, offset, length);
        runSegments++;
        runEnded = length < runSegmentBytes;
        datagramsWritten++;
        if (!segmentsSends) {
            endRun();
        }
    }

    private boolean continuesRun(int length, InetSocketAddress destination) {
        return !runEnded
                && length <= runSegmentBytes
                && runSegments < MOST_SEGMENTS
                && runSegments * runSegmentBytes + length <= MOST_DATAGRAM_BYTES
                && destination.equals(runDestination);
    }

    private ByteBuf room(int length) {
        ByteBuf current = burst;
        if (current != null && current.writableBytes() >= length) {
            return current;
        }
        if (current != null) {
            endRun();
            current.release();
        }
        current = burstBuffers.take();
        burst = current;
        return current;
    }

    @SuppressWarnings("FutureReturnValueIgnored") // the promises tell of failure: exceptionCaught, onSegmentedSend
    private void endRun() {
        ByteBuf current = burst;
        InetSocketAddress destination = runDestination;
        int segments = runSegments;
        if (current == null || destination == null || segments == 0) {
            return;
        }
        runSegments = 0;
        runDestination = null;
        if (channel.bytesBeforeWritable() > MOST_BYTES_WAITING) {
            datagramsDropped += segments;
            return;
        }
        ByteBuf run = current.retainedSlice(runStart, current.writerIndex() - runStart);
        if (segments == 1) {
            channel.write(new DatagramPacket(run, destination), channel.voidPromise());
        } else {
            channel.write(kind.segmentedPacket(run, runSegmentBytes, destination))
                    .addListener(runSegmentBytes <= SURE_BYTES ? onSegmentedSend : onLargeSegmentedSend);
        }
    }

    /** Sends the burst. */
    @Override
    public void flush() {
        assert channel.eventLoop().inEventLoop();
        ByteBuf current = burst;
        if (current == null) {
            return;
        }
        endRun();
        burst = null;
        current.release();
        channel.flush();
    }

    @Override
    public void flushUnfragmented() {
        if (burst == null) {
            return;
        }
        kind.forbidFragmentation(channel);
        try {
            flush();
        } finally {
            kind.allowFragmentation(channel);
        }
    }

    /** False while the kernel's buffer is full and much waits: then hold back until {@link DatagramListener#onWritable}. */
    public boolean isWritable() {
        return channel.isWritable();
    }

    @Override
    public boolean isWritable(InetSocketAddress destination) {
        return isWritable();
    }

    /** Closes; what was written and not flushed is not sent. */
    @Override
    @SuppressWarnings("FutureReturnValueIgnored") // closing a UDP socket has no result
    public void close() {
        assert channel.eventLoop().inEventLoop();
        if (closed) {
            return;
        }
        closed = true;
        runSegments = 0;
        runDestination = null;
        if (burst != null) {
            burst.release();
            burst = null;
        }
        channel.close();
    }

    public boolean isClosed() {
        return closed;
    }

    public long datagramsReceived() {
        return datagramsReceived;
    }

    public long datagramsWritten() {
        return datagramsWritten;
    }

    /** Not sent: empty, too long, or written while too much was waiting. */
    public long datagramsDropped() {
        return datagramsDropped;
    }

    /** What the kernel refused to send (unreachable, too long for the path …) or to receive. */
    public long errors() {
        return errors;
    }

    /** EINVAL may mean that the system knows of a path that is too small for the segments: one more loss there, no reason to give up. */
    private void onLargeSegmentedSend(Future<? super Void> sent) {
        errors += sent.isSuccess() ? 0 : 1;
    }

    private void onSegmentedSend(Future<? super Void> sent) {
        if (sent.isSuccess()) {
            return;
        }
        errors++;
        if (kind.refusesSegmentation(sent.cause())) {
            LOG.debug("No more segmented sends from {}", localAddress, sent.cause());
            endRun();
            segmentsSends = false;
        }
    }

    private final class Inbound extends ChannelInboundHandlerAdapter {
        private boolean inBurst;

        @Override
        public void channelRead(ChannelHandlerContext context, Object message) {
            DatagramPacket packet = (DatagramPacket) message;
            try {
                if (!closed) {
                    inBurst = true;
                    datagramsReceived++;
                    listener.onDatagram(packet.sender(), receiveBuffers.view(packet.content()));
                }
            } finally {
                packet.release();
            }
        }

        @Override
        public void channelReadComplete(ChannelHandlerContext context) {
            if (inBurst && !closed) {
                inBurst = false;
                listener.onEndOfBurst();
            }
        }

        @Override
        public void channelWritabilityChanged(ChannelHandlerContext context) {
            if (!closed && channel.isWritable()) {
                listener.onWritable();
            }
        }

        @Override
        @SuppressWarnings("deprecation") // of the method in ChannelHandler, not in ChannelInboundHandler
        public void exceptionCaught(ChannelHandlerContext context, Throwable cause) {
            if (cause instanceof IOException) {
                errors++;
            } else {
                LOG.warn("The receiver of a datagram failed", cause);
            }
        }
    }
}
