package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
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
        Executor handshakes = HandshakeExecutors.platformThreads();
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
        CountDownLatch ran = new CountDownLatch(1);
        HandshakeExecutors.shared().execute(ran::countDown);
        assertTrue(ran.await(Loop.LIMIT_SECONDS, TimeUnit.SECONDS));
    }

    @Test
    void virtualThreadsAreUsedWhereTheJvmHasThem() {
        Executor fallback = Runnable::run;
        Executor chosen = HandshakeExecutors.virtualThreadsOr(fallback);
        assertNotNull(chosen);
        assertEquals(Runtime.version().feature() < 21, chosen == fallback);
    }
}
