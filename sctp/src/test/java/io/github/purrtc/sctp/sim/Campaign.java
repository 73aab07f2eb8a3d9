package io.github.purrtc.sctp.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/**
 * Many sessions, side by side: each thread takes the next seed. One that fails is printed at once, and the tenth stops all; so does the
 * time that {@code -Dpurrtc.mostSeconds=} gives them.
 */
final class Campaign {
    private static final long PROGRESS_NANOS = 10_000_000_000L;
    private static final int MOST_FAILURES = 10;

    private final long firstSeed;
    private final long count;
    private final LongFunction<Session> sessions;
    private final AtomicLong next = new AtomicLong();
    private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    private final LongAdder ended = new LongAdder();
    private final LongAdder packets = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder parts = new LongAdder();
    private final long beganNanos = System.nanoTime();
    private final long mostNanos = TimeUnit.SECONDS.toNanos(Long.getLong("purrtc.mostSeconds", Integer.MAX_VALUE));
    private final AtomicLong lineDueNanos = new AtomicLong(beganNanos + PROGRESS_NANOS);

    /** @param sessions makes one of its seed */
    Campaign(long firstSeed, long count, LongFunction<Session> sessions) {
        this.firstSeed = firstSeed;
        this.count = count;
        this.sessions = sessions;
    }

    /** Runs them all; throws what the first broken promise threw. */
    void run(int threads) {
        List<Thread> workers = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Thread worker = new Thread(this::work, "session-" + i);
            worker.start();
            workers.add(worker);
        }
        workers.forEach(Campaign::join);
        printProgress();
        Throwable failed = failures.peek();
        if (failed != null) {
            throw new AssertionError(failures.size() + " failed, one of them: " + failed.getMessage(), failed);
        }
    }

    long packets() {
        return packets.sum();
    }

    /** The parts in which messages came that did not come as a whole. */
    long parts() {
        return parts.sum();
    }

    private void work() {
        for (long i = next.getAndIncrement(); i < count && goesOn(); i = next.getAndIncrement()) {
            try {
                Session session = sessions.apply(firstSeed + i);
                session.run();
                packets.add(session.packets());
                messages.add(session.delivered());
                parts.add(session.parts());
            } catch (Throwable e) {
                failures.add(e);
                System.out.println("failed: " + e.getMessage());
            }
            ended.increment();
            reportProgress();
        }
    }

    private boolean goesOn() {
        return failures.size() < MOST_FAILURES && System.nanoTime() - beganNanos < mostNanos;
    }

    private void reportProgress() {
        long due = lineDueNanos.get();
        long now = System.nanoTime();
        if (now >= due && lineDueNanos.compareAndSet(due, now + PROGRESS_NANOS)) {
            printProgress();
        }
    }

    private void printProgress() {
        System.out.printf(
                "%,d of %,d sessions, %,d failed, %,d packets, %,d messages, %,d s%n",
                ended.sum(),
                count,
                failures.size(),
                packets.sum(),
                messages.sum(),
                TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos));
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
