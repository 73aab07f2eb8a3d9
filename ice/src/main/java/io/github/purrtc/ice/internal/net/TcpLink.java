package io.github.purrtc.ice.internal.net;

import io.netty.buffer.ByteBuf;
import io.netty.channel.Channel;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** One TCP connection of a candidate, made or being made: datagrams go in frames (RFC 4571), many a write. */
@SuppressWarnings("FutureReturnValueIgnored") // what fails on a connection closes it
final class TcpLink implements TcpInbound.Receiver {
    private static final Logger LOG = LoggerFactory.getLogger(TcpLink.class);

    /** Of checks, while the connection is being made. */
    private static final int MOST_BYTES_BEFORE = 8_192;

    /** What may wait for a slow reader, beyond what makes the socket not writable; then datagrams are dropped. */
    private static final long MOST_BYTES_WAITING = 1 << 20;

    private static final int FIRST_CAPACITY = 2_048;

    private final Channel channel;
    private final InetSocketAddress remote;
    private final DatagramListener listener;
    private final Consumer<TcpLink> onClosed;
    private @Nullable ByteBuf burst;
    private boolean connected;
    private boolean authenticated;
    private boolean closed;
    private boolean inBurst;

    TcpLink(Channel channel, InetSocketAddress remote, DatagramListener listener, Consumer<TcpLink> onClosed) {
        this.channel = channel;
        this.remote = remote;
        this.listener = listener;
        this.onClosed = onClosed;
        this.connected = channel.isActive();
    }

    InetSocketAddress remote() {
        return remote;
    }

    boolean isAuthenticated() {
        return authenticated;
    }

    void authenticated() {
        authenticated = true;
    }

    void write(byte[] buffer, int offset, int length) {
        if (closed || length <= 0 || length > FrameReader.MOST_BYTES || isFull()) {
            return;
        }
        ByteBuf out = burst;
        if (out == null) {
            out = channel.alloc().directBuffer(Math.max(FIRST_CAPACITY, FrameReader.HEADER_BYTES + length));
            burst = out;
        }
        out.writeShort(length).writeBytes(buffer, offset, length);
    }

    private boolean isFull() {
        ByteBuf out = burst;
        int unsent = out == null ? 0 : out.readableBytes();
        return connected ? channel.bytesBeforeWritable() + unsent > MOST_BYTES_WAITING : unsent > MOST_BYTES_BEFORE;
    }

    void flush() {
        ByteBuf out = burst;
        if (out != null && connected && !closed) {
            burst = null;
            channel.writeAndFlush(out, channel.voidPromise());
        }
    }

    boolean isWritable() {
        return connected && channel.isWritable();
    }

    void close() {
        if (!closed) {
            boolean wasFull = !isWritable();
            closed = true;
            if (burst != null) {
                burst.release();
                burst = null;
            }
            channel.close();
            onClosed.accept(this);
            if (wasFull) {
                tell(listener::onWritable); // whoever waits for room here would wait for ever
            }
        }
    }

    @Override
    public int mostFrameBytes() {
        return FrameReader.MOST_BYTES;
    }

    @Override
    public void onFrame(ByteBuffer frame) {
        if (closed) {
            return;
        }
        inBurst = true;
        try {
            listener.onDatagram(remote, frame);
        } catch (RuntimeException e) {
            LOG.warn("The receiver of a datagram failed", e);
        }
    }

    @Override
    public void onEndOfBurst() {
        if (inBurst && !closed) {
            inBurst = false;
            tell(listener::onEndOfBurst);
        }
    }

    @Override
    public void onConnected() {
        connected = true;
        flush();
        onWritable();
    }

    @Override
    public void onWritable() {
        if (!closed) {
            tell(listener::onWritable);
        }
    }

    @Override
    public void onClosed() {
        close();
    }

    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.warn("The receiver of a burst failed", e);
        }
    }
}
