package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/** Connections without STUN and TURN: none fails, none waits for a timer of a second, nothing stays behind. */
class ManyConnectionsTest {
    private static final int SEQUENTIAL = Integer.getInteger("purrtc.connections", 2_000);
    private static final int AT_ONCE = 100;
    private static final int WARM_UP = 20;

    /** Who waited for a timer would wait for longer than {@link PeerPair#LIMIT_SECONDS}. */
    private static final Configuration WITHOUT_TIMERS = Configuration.builder()
            .includeLoopback(true)
            .initialRetransmissionTimeout(Duration.ofSeconds(2 * PeerPair.LIMIT_SECONDS))
            .build();

    @Test
    void oneAfterTheOther() {
        for (int i = 0; i < WARM_UP; i++) {
            connectAndEcho(i);
        }
        Resources before = Resources.now();
        List<Long> millis = new ArrayList<>(SEQUENTIAL);
        for (int i = 0; i < SEQUENTIAL; i++) {
            millis.add(connectAndEcho(i));
        }
        System.out.printf(
                "%d connections one after the other: %s%n",
                SEQUENTIAL, describe(millis.stream().mapToLong(Long::longValue).toArray()));
        before.assertNotExceeded();
    }

    @Test
    void manyAtOnce() {
        connectAtOnce();
        Resources before = Resources.now();
        connectAtOnce();
        before.assertNotExceeded();
    }

    private static void connectAtOnce() {
        List<PeerPair> pairs = new ArrayList<>();
        CountDownLatch echoed = new CountDownLatch(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            PeerPair pair = new PeerPair(WITHOUT_TIMERS);
            pairs.add(pair);
            pair.z.onDataChannel(channel -> channel.onMessage(channel::send));
            DataChannel channel = pair.a.createDataChannel("cat-noises");
            channel.onOpen(() -> channel.send("meow"));
            channel.onMessage(message -> echoed.countDown());
            pair.negotiate();
        }
        PeerPair.await(echoed, "an echo on each of " + AT_ONCE);
        pairs.forEach(PeerPair::close);
    }

    /** Returns the milliseconds from the offer to the first echo. */
    private static long connectAndEcho(int number) {
        long start = System.nanoTime();
        try (PeerPair pair = new PeerPair(WITHOUT_TIMERS)) {
            pair.z.onDataChannel(channel -> channel.onMessage(channel::send));
            CountDownLatch echoed = new CountDownLatch(1);
            DataChannel channel = pair.a.createDataChannel("cat-noises");
            channel.onOpen(() -> channel.send("meow"));
            channel.onMessage(message -> echoed.countDown());
            pair.negotiate();
            PeerPair.await(echoed, "the echo of connection " + number);
            return TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
        }
    }

    private static String describe(long[] millis) {
        Arrays.sort(millis);
        return "median %d ms, p99 %d ms, longest %d ms"
                .formatted(millis[millis.length / 2], millis[millis.length * 99 / 100], millis[millis.length - 1]);
    }

    /** Threads, open files and used heap at one moment. */
    private record Resources(int threads, int openFiles, long heapBytes) {
        private static final int SPARE_THREADS = 4;
        private static final int SPARE_FILES = 8;
        private static final long SPARE_HEAP = 8L * 1024 * 1024;

        static Resources now() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            String[] files = new File("/proc/self/fd").list();
            return new Resources(
                    Thread.getAllStackTraces().size(),
                    files == null ? 0 : files.length,
                    runtime.totalMemory() - runtime.freeMemory());
        }

        /** Threads and sockets may take a moment to end. */
        void assertNotExceeded() {
            AtomicReference<Resources> last = new AtomicReference<>(now());
            try {
                Await.until("", () -> {
                    Resources now = now();
                    last.set(now);
                    return now.threads <= threads + SPARE_THREADS
                            && now.openFiles <= openFiles + SPARE_FILES
                            && now.heapBytes <= heapBytes + SPARE_HEAP;
                });
            } catch (AssertionError e) {
                throw new AssertionError("something stays behind: " + this + " before, " + last + " after", e);
            }
        }
    }
}
