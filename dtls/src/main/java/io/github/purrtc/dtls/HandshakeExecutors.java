package io.github.purrtc.dtls;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Where handshakes, which block, may run. */
public final class HandshakeExecutors {
    /** Two ends of a connection in one process need a thread each, so a low bound could make them wait for each other. */
    private static final int MAX_THREADS = 1024;

    private static final int KEEP_ALIVE_SECONDS = 2;
    private static final long STACK_BYTES = 512 * 1024;

    private HandshakeExecutors() {}

    /** One executor for all: virtual threads where the JVM has them, else daemon threads that end soon after use. */
    public static Executor shared() {
        return Shared.EXECUTOR;
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
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                MAX_THREADS, MAX_THREADS, KEEP_ALIVE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), factory);
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }

    /** Made at first use. */
    private static final class Shared {
        static final Executor EXECUTOR = virtualThreadsOr(platformThreads());
    }
}
