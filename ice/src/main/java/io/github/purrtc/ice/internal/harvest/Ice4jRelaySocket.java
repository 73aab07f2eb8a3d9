package io.github.purrtc.ice.internal.harvest;

import io.github.purrtc.ice.internal.net.DatagramListener;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;

/** A relayed address of ice4j's as one of our sockets: a thread of its own reads it. */
final class Ice4jRelaySocket implements ServerHarvest.RelaySocket {
    private static final Logger LOG = LoggerFactory.getLogger(Ice4jRelaySocket.class);
    private static final int MOST_BYTES = 65_535;

    private final Executor loop;
    private final DatagramSocket socket;
    private volatile boolean closed;

    Ice4jRelaySocket(Executor loop, DatagramSocket socket) {
        this.loop = loop;
        this.socket = socket;
    }

    @Override
    public void start(DatagramListener listener) {
        Thread reader = new Thread(() -> read(listener), "purrtc-relay-" + socket.getLocalPort());
        reader.setDaemon(true);
        reader.start();
    }

    private void read(DatagramListener listener) {
        DatagramPacket packet = new DatagramPacket(new byte[MOST_BYTES], MOST_BYTES);
        try {
            while (!closed) {
                packet.setLength(MOST_BYTES);
                socket.receive(packet);
                byte[] bytes = Arrays.copyOfRange(
                        packet.getData(), packet.getOffset(), packet.getOffset() + packet.getLength());
                InetSocketAddress source = new InetSocketAddress(packet.getAddress(), packet.getPort());
                loop.execute(() -> deliver(listener, source, bytes));
            }
        } catch (IOException | RejectedExecutionException e) {
            LOG.debug("Relay ended: {}", e.getMessage());
        }
    }

    private void deliver(DatagramListener listener, InetSocketAddress source, byte[] bytes) {
        if (!closed) {
            listener.onDatagram(source, ByteBuffer.wrap(bytes));
            listener.onEndOfBurst();
        }
    }

    @Override
    public void write(byte[] buffer, int offset, int length, InetSocketAddress destination) {
        if (closed) {
            return;
        }
        byte[] bytes = Arrays.copyOfRange(buffer, offset, offset + length);
        try {
            socket.send(new DatagramPacket(bytes, length, destination));
        } catch (IOException | RuntimeException e) {
            LOG.debug("Not relayed: {}", e.getMessage());
        }
    }

    /** ice4j sends on a thread of its own, without being told. */
    @Override
    public void flush() {}

    @Override
    public boolean isWritable() {
        return true;
    }

    @Override
    public void close() {
        closed = true;
        socket.close();
    }
}
