package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ThreadsTest {
    private static final int HANDSHAKES = 200;

    private static long handshakeThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("purrtc-dtls-"))
                .count();
    }

    @Test
    void manyHandshakesLeaveNoThread() {
        Executor handshakes = Handshakes.platformThreads();
        try (Loop loop = new Loop()) {
            for (int i = 0; i < HANDSHAKES; i++) {
                Peer a = new Peer(loop, Pair.A_CERTIFICATE, Pair.OPTIONS, handshakes);
                Peer z = new Peer(loop, Pair.Z_CERTIFICATE, Pair.OPTIONS, handshakes);
                a.remote = z;
                z.remote = a;
                z.start(DtlsRole.SERVER, Pair.A_CERTIFICATE.fingerprints());
                a.start(DtlsRole.CLIENT, Pair.Z_CERTIFICATE.fingerprints());
                a.awaitState(DtlsTransportState.CONNECTED);
                z.awaitState(DtlsTransportState.CONNECTED);
                a.close();
                z.awaitState(DtlsTransportState.CLOSED);
            }
            assertTrue(handshakeThreads() > 0);
            loop.await("no thread", () -> handshakeThreads() == 0);
        }
    }

    @Test
    void theSharedExecutorRunsTasks() throws InterruptedException {
        CountDownLatch ran = new CountDownLatch(2);
        Handshakes.shared().of(DtlsRole.CLIENT).execute(ran::countDown);
        Handshakes.shared().of(DtlsRole.SERVER).execute(ran::countDown);
        assertTrue(ran.await(Loop.LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void virtualThreadsAreUsedWhereTheJvmHasThem() {
        Executor fallback = Runnable::run;
        Executor chosen = Handshakes.virtualThreadsOr(fallback);
        assertNotNull(chosen);
        assertEquals(Runtime.version().feature() < 21, chosen == fallback);
    }

    @Test
    void handshakesBeyondTheBoundWaitTheirTurn() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        Executor threads = task -> new Thread(() -> {
                    most.accumulateAndGet(running.incrementAndGet(), Math::max);
                    try {
                        task.run();
                    } finally {
                        running.decrementAndGet();
                    }
                })
                .start();
        Handshakes one = Handshakes.atMost(1, threads);
        try (Loop loop = new Loop()) {
            // The first one's peer is silent; it holds its place until it has failed.
            Peer stalled = new Peer(loop, Pair.A_CERTIFICATE, Pair.OPTIONS.withHandshakeTimeoutMillis(300), one);
            stalled.impairment = datagram -> List.of();
            stalled.start(DtlsRole.CLIENT, Pair.Z_CERTIFICATE.fingerprints());
            List<Peer> waiting = new ArrayList<>();
            for (int i = 0; i < 10; i++) {
                Peer a = new Peer(loop, Pair.A_CERTIFICATE, Pair.OPTIONS, one);
                Peer z = new Peer(loop, Pair.Z_CERTIFICATE, Pair.OPTIONS, one);
                a.remote = z;
                z.remote = a;
                z.start(DtlsRole.SERVER, Pair.A_CERTIFICATE.fingerprints());
                a.start(DtlsRole.CLIENT, Pair.Z_CERTIFICATE.fingerprints());
                waiting.add(a);
                waiting.add(z);
            }
            waiting.forEach(peer -> peer.awaitState(DtlsTransportState.CONNECTED));
            stalled.awaitState(DtlsTransportState.FAILED);
            loop.await("the threads to end", () -> running.get() == 0);
            assertTrue(most.get() <= 2, "one of each role, not " + most.get());
        }
    }

    @Test
    void oneThatNeverGetsItsTurnFails() {
        try (Loop loop = new Loop()) {
            Handshakes one = Handshakes.atMost(1, task -> new Thread(task).start());
            Peer stalled = new Peer(loop, Pair.A_CERTIFICATE, Pair.OPTIONS.withHandshakeTimeoutMillis(2_000), one);
            stalled.impairment = datagram -> List.of();
            stalled.start(DtlsRole.CLIENT, Pair.Z_CERTIFICATE.fingerprints());
            Peer behind = new Peer(loop, Pair.A_CERTIFICATE, Pair.OPTIONS.withHandshakeTimeoutMillis(200), one);
            behind.start(DtlsRole.CLIENT, Pair.Z_CERTIFICATE.fingerprints());
            behind.awaitState(DtlsTransportState.FAILED);
            assertEquals(DtlsTransportState.CONNECTING, stalled.transport.state());
            assertEquals(List.of(), behind.sent);
            stalled.close();
        }
    }

    @Test
    void aBoundOfNothingIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> Handshakes.atMost(0));
    }
}
