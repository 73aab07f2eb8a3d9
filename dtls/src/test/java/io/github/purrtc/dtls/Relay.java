package io.github.purrtc.dtls;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketAddress;
import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** A UDP proxy on the loopback interface that loses, repeats, swaps and delays, by a seed. */
final class Relay implements AutoCloseable {
    private static final int MAX_DELAY_MILLIS = 20;

    private final DatagramSocket front = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final DatagramSocket back = new DatagramSocket(0, InetAddress.getLoopbackAddress());
    private final ScheduledExecutorService late = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "test-relay-late");
        thread.setDaemon(true);
        return thread;
    });
    private final SplittableRandom random;
    private volatile SocketAddress client;

    /** Whoever sends to the relay's port is taken to the target, and back. */
    Relay(SocketAddress target, long seed, int lossPercent) throws IOException {
        random = new SplittableRandom(seed);
        client = target;
        Impairment there = Impairment.random(seed, lossPercent, 20, 20);
        Impairment back = Impairment.random(-seed, lossPercent, 20, 20);
        start(front, packet -> {
            client = packet.getSocketAddress();
            forward(there, packet, this.back, target);
        });
        start(this.back, packet -> forward(back, packet, front, client));
    }

    int port() {
        return front.getLocalPort();
    }

    private interface Handler {
        void handle(DatagramPacket packet);
    }

    private static void start(DatagramSocket from, Handler handler) {
        Thread thread = new Thread(
                () -> {
                    try {
                        while (true) {
                            DatagramPacket packet = new DatagramPacket(new byte[2048], 2048);
                            from.receive(packet);
                            handler.handle(packet);
                        }
                    } catch (IOException e) {
                        // The relay is closed.
                    }
                },
                "test-relay");
        thread.setDaemon(true);
        thread.start();
    }

    private synchronized void forward(
            Impairment impairment, DatagramPacket packet, DatagramSocket socket, SocketAddress to) {
        for (byte[] datagram : impairment.pass(Arrays.copyOf(packet.getData(), packet.getLength()))) {
            if (!late.isShutdown()) {
                late.schedule(
                        () -> send(socket, datagram, to), random.nextInt(MAX_DELAY_MILLIS), TimeUnit.MILLISECONDS);
            }
        }
    }

    private static void send(DatagramSocket socket, byte[] datagram, SocketAddress to) {
        try {
            socket.send(new DatagramPacket(datagram, datagram.length, to));
        } catch (IOException e) {
            // Lost.
        }
    }

    @Override
    public synchronized void close() {
        late.shutdownNow();
        front.close();
        back.close();
    }
}
