package io.github.purrtc.ice;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.io.File;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/**
 * Transports on real sockets, connected, used and stopped one after the other: no thread, socket, timer or byte stays behind.
 * {@code -Dpurrtc.connections=10000} runs more.
 */
class ManyTransportsTest {
    private static final int CONNECTIONS = Integer.getInteger("purrtc.connections", 1_000);
    private static final int WARM_UP = 100;
    private static final int SPARE_THREADS = 2;
    private static final int SPARE_FILES = 4;
    private static final long SPARE_HEAP_BYTES = 4L * 1024 * 1024;

    /** What one process holds at one moment. */
    private record Held(int threads, int openFiles, long heapBytes) {
        static Held now() {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            String[] files = new File("/proc/self/fd").list();
            return new Held(
                    Thread.getAllStackTraces().size(),
                    files == null ? 0 : files.length,
                    runtime.totalMemory() - runtime.freeMemory());
        }

        boolean isWithin(Held before) {
            return threads <= before.threads + SPARE_THREADS
                    && openFiles <= before.openFiles + SPARE_FILES
                    && heapBytes <= before.heapBytes + SPARE_HEAP_BYTES;
        }
    }

    @Test
    void nothingStaysBehind() throws Exception {
        try (Network network = Network.open(NetworkOptions.defaults())) {
            connectAndStop(network, WARM_UP);
            Held before = Held.now();
            connectAndStop(network, CONNECTIONS);
            Await.until(
                    () -> before + " before, " + Held.now() + " after",
                    () -> Held.now().isWithin(before));
        }
    }

    private static void connectAndStop(Network network, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(network.nextLoop(), Peer.loopback());
            a.gather();
            z.gather();
            a.start(IceRole.CONTROLLING, z);
            z.start(i % 4 == 0 ? IceRole.CONTROLLING : IceRole.CONTROLLED, a);
            a.learnCandidatesOf(z);
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            byte[] datagram = {30, 1, 2};
            LoopCalls.run(a.loop, () -> {
                a.transport.write(datagram, 0, datagram.length);
                a.transport.flush();
            });
            assertArrayEquals(datagram, z.datagrams.poll(10, TimeUnit.SECONDS));
            a.stop();
            z.stop();
            assertFalse(a.states.contains(IceTransportState.FAILED) || z.states.contains(IceTransportState.FAILED));
        }
    }
}
