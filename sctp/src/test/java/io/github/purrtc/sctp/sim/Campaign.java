package io.github.purrtc.sctp.sim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongFunction;

/** Many sessions, side by side: each thread takes the next seed. The first that fails stops all, and says which it was. */
final class Campaign {
    private static final long PROGRESS_NANOS = 10_000_000_000L;

    private final long firstSeed;
    private final long count;
    private final LongFunction<Session> sessions;
    private final AtomicLong next = new AtomicLong();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final LongAdder packets = new LongAdder();
    private final LongAdder messages = new LongAdder();
    private final LongAdder parts = new LongAdder();
    private final long beganNanos = System.nanoTime();
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
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError(failed.getMessage(), failed);
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
        for (long i = next.getAndIncrement(); i < count && failure.get() == null; i = next.getAndIncrement()) {
            try {
                Session session = sessions.apply(firstSeed + i);
                session.run();
                packets.add(session.packets());
                messages.add(session.delivered());
                parts.add(session.parts());
            } catch (Throwable e) {
                failure.compareAndSet(null, e);
            }
            reportProgress(i + 1);
        }
    }

    private void reportProgress(long begun) {
        long due = lineDueNanos.get();
        long now = System.nanoTime();
        if (now >= due && lineDueNanos.compareAndSet(due, now + PROGRESS_NANOS)) {
            long seconds = (now - beganNanos) / 1_000_000_000;
            System.out.printf(
                    "%,d of %,d sessions, %,d packets, %,d messages, %,d s%n",
                    begun, count, packets.sum(), messages.sum(), seconds);
        }
    }

    private static void join(Thread worker) {
        try {
            worker.join();
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
