package io.github.purrtc.ice.internal.net;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/** Bytes a second of 1,200-byte datagrams one way between two sockets on two loops, by kind of socket. To be run by hand. */
final class UdpSocketBenchmark {
    private static final int DATAGRAM_BYTES = 1_200;
    private static final int BURST = 108;

    /** What may be under way: the receiver's buffer must hold it, or the kernel drops. */
    private static final int WINDOW = 216;

    private final AtomicLong received = new AtomicLong();
    private final AtomicLong bursts = new AtomicLong();
    private long sent;
    private volatile boolean done;

    public static void main(String[] arguments) throws Exception {
        long seconds = arguments.length > 0 ? Long.parseLong(arguments[0]) : 3;
        for (int round = 0; round < 2; round++) {
            new UdpSocketBenchmark().run(SocketKind.nio(2_048), seconds);
            new UdpSocketBenchmark().run(SocketKind.best(2_048), seconds);
        }
    }

    private void run(SocketKind kind, long seconds) throws Exception {
        try (Loops loops = new Loops(kind, 2)) {
            UdpSocket[] a = new UdpSocket[1];
            UdpSocket[] z = new UdpSocket[1];
            z[0] = loops.open(0, new DatagramListener() {
                private long unacknowledged;

                @Override
                public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
                    unacknowledged++;
                }

                @Override
                public void onEndOfBurst() {
                    received.addAndGet(unacknowledged);
                    unacknowledged = 0;
                    bursts.incrementAndGet();
                    byte[] acknowledgement =
                            ByteBuffer.allocate(8).putLong(received.get()).array();
                    z[0].write(acknowledgement, 0, 8, a[0].localAddress());
                    z[0].flush();
                }

                @Override
                public void onWritable() {}
            });
            byte[] datagram = new byte[DATAGRAM_BYTES];
            a[0] = loops.open(1, new DatagramListener() {
                private long acknowledged;

                @Override
                public void onDatagram(InetSocketAddress source, ByteBuffer acknowledgement) {
                    acknowledged = acknowledgement.getLong();
                }

                @Override
                public void onEndOfBurst() {
                    if (done) {
                        return;
                    }
                    for (int i = 0; i < BURST && sent - acknowledged < WINDOW; i++) {
                        sent++;
                        a[0].write(datagram, 0, datagram.length, z[0].localAddress());
                    }
                    a[0].flush();
                }

                @Override
                public void onWritable() {}
            });
            long start = System.nanoTime();
            loops.run(1, () -> {
                for (int i = 0; i < BURST; i++) {
                    sent++;
                    a[0].write(datagram, 0, datagram.length, z[0].localAddress());
                }
                a[0].flush();
            });
            Thread.sleep(seconds * 1_000);
            done = true;
            long nanos = System.nanoTime() - start;
            double megabytesPerSecond = received.get() * (double) DATAGRAM_BYTES / nanos * 1_000;
            System.out.printf(
                    Locale.ROOT,
                    "%-16s %7.0f MB/s, %5.1f datagrams a burst%n",
                    kind.name(),
                    megabytesPerSecond,
                    (double) received.get() / bursts.get());
        }
    }
}
