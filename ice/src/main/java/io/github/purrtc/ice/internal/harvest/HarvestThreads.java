package io.github.purrtc.ice.internal.harvest;

import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** Pools for what blocks: daemon threads that end when there is nothing to do. */
final class HarvestThreads {
    private static final int IDLE_SECONDS = 5;

    private HarvestThreads() {}

    static Executor newPool(String namePrefix, int mostThreads, AtomicInteger counter) {
        ThreadPoolExecutor pool = new ThreadPoolExecutor(
                mostThreads, mostThreads, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(), task -> {
                    Thread thread = new Thread(task, namePrefix + counter.incrementAndGet());
                    thread.setDaemon(true);
                    return thread;
                });
        pool.allowCoreThreadTimeOut(true);
        return pool;
    }
}
