package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.BoundedExecutor;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where handshakes, which block, run, and how many at once; the others wait for their turn. A handshake that stalls holds its place,
 * a thread, until it has failed; a server takes one only when a ClientHello has come.
 *
 * <p>Each role has its own places, so that the two ends of a connection in one process cannot wait for each other.
 */
public final class Handshakes {
    private static final int DEFAULT_AT_ONCE = 1024;
    private static final int KEEP_ALIVE_SECONDS = 2;
    private static final long STACK_BYTES = 512 * 1024;

    private final Executor clients;
    private final Executor servers;

    private Handshakes(Executor clients, Executor servers) {
        this.clients = clients;
        this.servers = servers;
    }

    /** 1,024 at once of each role: on virtual threads where the JVM has them, else on daemon threads that end soon after use. */
    public static Handshakes shared() {
        return Shared.INSTANCE;
    }

    /**
     * A bound of its own.
     *
     * @param handshakes how many at once, of clients and of servers each
     */
    public static Handshakes atMost(int handshakes) {
        return atMost(handshakes, Threads.EXECUTOR);
    }

    static Handshakes atMost(int handshakes, Executor threads) {
        if (handshakes < 1) {
            throw new IllegalArgumentException("handshakes at once: " + handshakes);
        }
        return new Handshakes(new BoundedExecutor(handshakes, threads), new BoundedExecutor(handshakes, threads));
    }

    /** On the executor, which bounds them or does not. */
    public static Handshakes on(Executor executor) {
        return new Handshakes(executor, executor);
    }

    /**
     * Loads what certificates and handshakes need, once and in the background: the first connection of a fresh JVM would spend a third
     * of its time on that.
     */
    public static void prepare() {
        Preparation.begin();
    }

    static Executor threads() {
        return Threads.EXECUTOR;
    }

    Executor of(DtlsRole role) {
        return role == DtlsRole.CLIENT ? clients : servers;
    }

    static Executor virtualThreadsOr(Executor fallback) {
        try {
            Object virtual =
                    Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
            return (Executor) virtual;
        } catch (ReflectiveOperationException | UnsupportedOperationException e) {
            return fallback;
        }
    }

    static Executor platformThreads() {
        AtomicInteger number = new AtomicInteger();
        ThreadFactory factory = task -> {
            Thread thread = new Thread(null, task, "purrtc-dtls-" + number.incrementAndGet(), STACK_BYTES);
            thread.setDaemon(true);
            return thread;
        };
        return new ThreadPoolExecutor(
                0, Integer.MAX_VALUE, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new SynchronousQueue<>(), factory);
    }

    /** Made at first use. */
    private static final class Threads {
        static final Executor EXECUTOR = virtualThreadsOr(platformThreads());
    }

    private static final class Preparation {
        static {
            Threads.EXECUTOR.execute(DtlsCertificate::generate);
        }

        static void begin() {}
    }

    /** Made at first use. */
    private static final class Shared {
        static final Handshakes INSTANCE = atMost(DEFAULT_AT_ONCE);
    }
}
