package io.github.purrtc;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

/** Stands between two peers on the loopback interface, as a NAT does, and loses datagrams of both when it is told to. */
public final class LossyRelay implements AutoCloseable {
    private final InetSocketAddress target;
    private final SplittableRandom random;
    private final DatagramSocket front;
    private final List<DatagramSocket> sockets = new CopyOnWriteArrayList<>();
    private final Map<SocketAddress, DatagramSocket> backs = new ConcurrentHashMap<>();
    private final AtomicInteger dropped = new AtomicInteger();
    private volatile double loss;

    /** @param target where what comes in is sent on to */
    public LossyRelay(InetSocketAddress target, long seed) {
        this.target = target;
        random = new SplittableRandom(seed);
        front = open();
        start(front, this::toTarget);
    }

    public int port() {
        return front.getLocalPort();
    }

    public void setLoss(double probability) {
        loss = probability;
    }

    public int dropped() {
        return dropped.get();
    }

    private interface Receiver {
        void receive(DatagramPacket datagram) throws IOException;
    }

    private void toTarget(DatagramPacket datagram) throws IOException {
        SocketAddress source = datagram.getSocketAddress();
        DatagramSocket back = backs.computeIfAbsent(source, address -> {
            DatagramSocket socket = open();
            start(socket, answer -> forward(front, answer, source));
            return socket;
        });
        forward(back, datagram, target);
    }

    private void forward(DatagramSocket from, DatagramPacket datagram, SocketAddress to) throws IOException {
        if (isLost()) {
            dropped.incrementAndGet();
        } else {
            from.send(new DatagramPacket(datagram.getData(), datagram.getLength(), to));
        }
    }

    private synchronized boolean isLost() {
        return random.nextDouble() < loss;
    }

    private DatagramSocket open() {
        try {
            DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
            sockets.add(socket);
            return socket;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static void start(DatagramSocket socket, Receiver receiver) {
        Thread thread = new Thread(
                () -> {
                    byte[] buffer = new byte[65_536];
                    try {
                        while (true) {
                            DatagramPacket datagram = new DatagramPacket(buffer, buffer.length);
                            socket.receive(datagram);
                            receiver.receive(datagram);
                        }
                    } catch (IOException e) {
                        // The socket is closed, or the peer's is.
                    }
                },
                "relay-" + socket.getLocalPort());
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() {
        sockets.forEach(DatagramSocket::close);
    }
}
