package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.HostSocket;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

/**
 * One of our sockets in the shape of a blocking one: it sends on ours, and receives what our demultiplexer hands it, which
 * is what comes from a server.
 */
final class BridgeSocket extends DatagramSocket {
    private static final int MOST_WAITING = 256;
    private static final int BUFFER_BYTES = 65_536;
    private static final Received END = new Received(ByteBuffer.allocate(0), new InetSocketAddress(0));

    private record Received(ByteBuffer content, InetSocketAddress source) {}

    private final Executor loop;
    private final HostSocket socket;
    private final InetSocketAddress local;
    private final BlockingQueue<Received> received = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean closed;
    private volatile int timeoutMillis;

    BridgeSocket(Executor loop, HostSocket socket) throws SocketException {
        super((SocketAddress) null);
        this.loop = loop;
        this.socket = socket;
        this.local = socket.localAddress();
    }

    /** From the loop; what the reader is too slow for is dropped, as a socket would. */
    void offer(ByteBuffer content, InetSocketAddress source) {
        if (!closed) {
            received.offer(new Received(content, source));
        }
    }

    @Override
    public void send(DatagramPacket packet) throws IOException {
        if (closed) {
            throw new SocketException("closed");
        }
        byte[] bytes = new byte[packet.getLength()];
        System.arraycopy(packet.getData(), packet.getOffset(), bytes, 0, bytes.length);
        InetSocketAddress destination = new InetSocketAddress(packet.getAddress(), packet.getPort());
        try {
            loop.execute(() -> {
                socket.write(bytes, 0, bytes.length, destination);
                socket.flush();
            });
        } catch (RejectedExecutionException e) {
            throw new SocketException("the network is closed");
        }
    }

    @Override
    public void receive(DatagramPacket packet) throws IOException {
        Received next = take();
        if (closed) {
            received.offer(END); // for the next reader
            throw new SocketException("closed");
        }
        byte[] room = packet.getData();
        int length = Math.min(next.content.remaining(), room.length - packet.getOffset());
        next.content.get(room, packet.getOffset(), length);
        packet.setLength(length);
        packet.setSocketAddress(next.source);
    }

    private Received take() throws IOException {
        try {
            int limit = timeoutMillis;
            @Nullable Received next = limit == 0 ? received.take() : received.poll(limit, TimeUnit.MILLISECONDS);
            if (next == null) {
                throw new SocketTimeoutException("nothing within " + limit + " ms");
            }
            return next;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SocketException("interrupted");
        }
    }

    @Override
    public void close() {
        if (closed) {
            return;
        }
        closed = true;
        received.clear();
        received.offer(END);
        super.close();
    }

    @Override
    public boolean isClosed() {
        return closed;
    }

    @Override
    public boolean isBound() {
        return true;
    }

    @Override
    public InetAddress getLocalAddress() {
        return local.getAddress();
    }

    @Override
    public int getLocalPort() {
        return local.getPort();
    }

    @Override
    public SocketAddress getLocalSocketAddress() {
        return local;
    }

    @Override
    public void setSoTimeout(int millis) {
        timeoutMillis = millis;
    }

    @Override
    public int getSoTimeout() {
        return timeoutMillis;
    }

    @Override
    public void setReceiveBufferSize(int size) {}

    @Override
    public int getReceiveBufferSize() {
        return BUFFER_BYTES;
    }

    @Override
    public void setSendBufferSize(int size) {}

    @Override
    public int getSendBufferSize() {
        return BUFFER_BYTES;
    }
}
