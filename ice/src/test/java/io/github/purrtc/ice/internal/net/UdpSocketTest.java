package io.github.purrtc.ice.internal.net;

import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class UdpSocketTest {
    private static final int MOST = 2_048;

    static Stream<SocketKind> kinds() {
        return Epoll.isAvailable()
                ? Stream.of(SocketKind.nio(MOST), SocketKind.epoll(MOST))
                : Stream.of(SocketKind.nio(MOST));
    }

    /** Copies what comes. */
    private static class Sink implements DatagramListener {
        final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
        final BlockingQueue<InetSocketAddress> sources = new LinkedBlockingQueue<>();
        final AtomicInteger burstsEnded = new AtomicInteger();
        final BlockingQueue<Boolean> writable = new LinkedBlockingQueue<>();

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            datagrams.add(copy);
            sources.add(source);
        }

        @Override
        public void onEndOfBurst() {
            burstsEnded.incrementAndGet();
        }

        @Override
        public void onWritable() {
            writable.add(true);
        }

        byte[] next() throws InterruptedException {
            byte[] datagram = datagrams.poll(10, TimeUnit.SECONDS);
            assertNotNull(datagram, "nothing came");
            return datagram;
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void mixedSizesArriveExactlyAndInOrder(SocketKind kind) throws Exception {
        long seed = 4711;
        Random random = new Random(seed);
        try (Loops loops = new Loops(kind, 2)) {
            Sink sink = new Sink();
            UdpSocket z = loops.open(0, sink);
            UdpSocket a = loops.open(1, new Sink());
            for (int round = 0; round < 60; round++) {
                List<byte[]> sent = someBurst(random);
                // A -> burst -> Z
                loops.run(1, () -> writeAll(a, sent, z.localAddress()));
                for (byte[] datagram : sent) {
                    assertArrayEquals(datagram, sink.next(), () -> "seed " + seed);
                }
            }
            assertEquals(0, a.errors());
            assertEquals(a.localAddress(), sink.sources.take());
            assertTrue(sink.burstsEnded.get() > 0);
        }
    }

    private static List<byte[]> someBurst(Random random) {
        int[] sizes = {1, 13, 100, 1_199, 1_200, 1_200, 1_200, 1_200, 1_400, 2_048};
        List<byte[]> burst = new ArrayList<>();
        int count = 1 + random.nextInt(100);
        int size = sizes[random.nextInt(sizes.length)];
        for (int i = 0; i < count; i++) {
            if (random.nextInt(12) == 0) {
                size = sizes[random.nextInt(sizes.length)];
            }
            byte[] datagram = new byte[size];
            random.nextBytes(datagram);
            burst.add(datagram);
        }
        return burst;
    }

    /** Datagrams of all lengths from the one to the other. */
    private static List<byte[]> lengths(int first, int last) {
        return IntStream.rangeClosed(first, last).mapToObj(byte[]::new).toList();
    }

    private static void awaitUninterruptibly(CountDownLatch latch) {
        try {
            assertTrue(latch.await(20, TimeUnit.SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static void writeAll(UdpSocket socket, List<byte[]> datagrams, InetSocketAddress destination) {
        for (byte[] datagram : datagrams) {
            socket.write(datagram, 0, datagram.length, destination);
        }
        socket.flush();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBurstToManyDestinationsReachesEach(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            List<Sink> sinks = new ArrayList<>();
            List<UdpSocket> receivers = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sinks.add(new Sink());
                receivers.add(loops.open(0, sinks.get(i)));
            }
            UdpSocket a = loops.open(0, new Sink());
            loops.run(0, () -> {
                for (int i = 0; i < 50; i++) {
                    byte[] datagram = {(byte) i, (byte) (i % 5)};
                    a.write(datagram, 0, 2, receivers.get(i % 5).localAddress());
                }
                a.flush();
            });
            for (int i = 0; i < 50; i++) {
                assertArrayEquals(
                        new byte[] {(byte) i, (byte) (i % 5)}, sinks.get(i % 5).next());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneBurstEndsOncePerRead(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 2)) {
            Sink sink = new Sink();
            UdpSocket z = loops.open(0, sink);
            UdpSocket a = loops.open(1, new Sink());
            // Z is busy until all 40 are in its socket: they are one read
            loops.run(0, () -> {
                try {
                    loops.run(1, () -> {
                        for (int i = 0; i < 40; i++) {
                            a.write(new byte[500], 0, 500, z.localAddress());
                        }
                        a.flush();
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            for (int i = 0; i < 40; i++) {
                assertEquals(500, sink.next().length);
            }
            loops.run(0, () -> {});
            assertEquals(1, sink.burstsEnded.get());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatCannotBeSentIsCountedAndHarmsNothingElse(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            Sink sink = new Sink();
            UdpSocket z = loops.open(0, sink);
            UdpSocket a = loops.open(0, new Sink());
            InetSocketAddress unreachable = new InetSocketAddress(InetAddress.getByName("203.0.113.1"), 9);
            InetSocketAddress noPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
            InetSocketAddress nobody = closedPort(loops);
            byte[] payload = {1, 2, 3};
            loops.run(0, () -> {
                a.write(payload, 0, 3, unreachable);
                a.write(payload, 0, 3, unreachable);
                a.write(payload, 0, 3, z.localAddress());
                a.write(payload, 0, 3, nobody);
                a.write(payload, 0, 3, z.localAddress());
                a.write(payload, 0, 3, noPort);
                a.write(payload, 0, 3, z.localAddress());
                a.flush();
                a.write(payload, 0, 0, z.localAddress());
                a.write(new byte[70_000], 0, 70_000, z.localAddress());
                a.write(payload, 0, 3, z.localAddress());
                a.flush();
            });
            for (int i = 0; i < 4; i++) {
                assertArrayEquals(payload, sink.next());
            }
            assertFalse(a.isClosed());
            assertTrue(a.errors() >= 2, () -> "errors: " + a.errors());
            assertEquals(2, a.datagramsDropped());
        }
    }

    private static InetSocketAddress closedPort(Loops loops) throws Exception {
        UdpSocket gone = loops.open(0, new Sink());
        loops.run(0, gone::close);
        return gone.localAddress();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void writabilityFollowsWhatWaits(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            Sink own = new Sink();
            UdpSocket z = loops.open(0, new Sink());
            UdpSocket a = loops.open(0, own);
            loops.run(0, () -> {
                int written = 0;
                while (a.isWritable()) {
                    a.write(new byte[1_200], 0, 1_200, z.localAddress());
                    assertTrue(++written < 1_000, "always writable");
                }
                a.flush();
            });
            assertNotNull(own.writable.poll(10, TimeUnit.SECONDS));
            loops.run(0, () -> assertTrue(a.isWritable()));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatWaitsIsBounded(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            UdpSocket z = loops.open(0, new Sink());
            UdpSocket a = loops.open(0, new Sink());
            loops.run(0, () -> {
                for (int i = 0; i < 10_000; i++) {
                    a.write(new byte[1_200], 0, 1_200, z.localAddress());
                }
                assertTrue(a.datagramsDropped() > 0);
                a.flush();
                a.close();
            });
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aListenerThatThrowsOrClosesDoesNotBreakTheLoop(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            AtomicInteger calls = new AtomicInteger();
            UdpSocket[] bad = new UdpSocket[1];
            bad[0] = loops.open(0, new Sink() {
                @Override
                public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
                    if (calls.incrementAndGet() == 2) {
                        bad[0].close();
                    }
                    throw new IllegalArgumentException("on purpose");
                }
            });
            Sink sink = new Sink();
            UdpSocket z = loops.open(0, sink);
            UdpSocket a = loops.open(0, new Sink());
            loops.run(0, () -> {
                for (int i = 0; i < 10; i++) {
                    a.write(new byte[100], 0, 100, bad[0].localAddress());
                }
                a.write(new byte[7], 0, 7, z.localAddress());
                a.flush();
            });
            assertEquals(7, sink.next().length);
            loops.run(0, () -> {});
            assertEquals(2, calls.get());
            assertTrue(bad[0].isClosed());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAddressThatIsNotOursIsAnIoException(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            InetSocketAddress foreign = new InetSocketAddress(InetAddress.getByName("203.0.113.1"), 0);
            IOException refused = assertThrows(IOException.class, () -> loops.open(0, foreign, new Sink()));
            assertTrue(refused.getMessage().contains("203.0.113.1"), refused::getMessage);
            UdpSocket taken = loops.open(0, new Sink());
            assertThrows(IOException.class, () -> loops.open(0, taken.localAddress(), new Sink()));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aClosedSocketIgnoresWrites(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 1)) {
            UdpSocket a = loops.open(0, new Sink());
            loops.run(0, () -> {
                a.write(new byte[5], 0, 5, a.localAddress());
                a.close();
                a.close();
                a.write(new byte[5], 0, 5, a.localAddress());
                a.flush();
            });
            assertEquals(1, a.datagramsDropped());
        }
    }

    @Test
    void theKindsHaveNames() {
        assertEquals("nio", SocketKind.nio(MOST).name());
        if (Epoll.isAvailable()) {
            assertTrue(SocketKind.epoll(MOST).name().startsWith("epoll"));
            assertEquals(SocketKind.epoll(MOST).name(), SocketKind.best(MOST).name());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatQueuesUpBehindSingleDatagramsIsReadInBurstsAgain(SocketKind kind) throws Exception {
        try (Loops loops = new Loops(kind, 2)) {
            Sink sink = new Sink();
            UdpSocket z = loops.open(0, sink);
            UdpSocket a = loops.open(1, new Sink());
            for (int i = 0; i < 10; i++) {
                // A -> one datagram -> Z
                loops.run(1, () -> writeAll(a, lengths(1, 1), z.localAddress()));
                assertEquals(1, sink.next().length);
            }
            int before = sink.burstsEnded.get();
            // A -> 200 datagrams, each longer than the last, so that none is a segment of another's packet -> Z, which
            // is busy
            CountDownLatch queued = new CountDownLatch(1);
            loops.later(0, () -> awaitUninterruptibly(queued));
            loops.run(1, () -> writeAll(a, lengths(2, 201), z.localAddress()));
            queued.countDown();
            for (int length = 2; length <= 201; length++) {
                assertEquals(length, sink.next().length);
            }
            assertTrue(sink.burstsEnded.get() - before <= 16 + 4 + 200 / 50, () -> sink.burstsEnded + " bursts");
        }
    }
}
