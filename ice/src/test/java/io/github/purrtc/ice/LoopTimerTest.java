package io.github.purrtc.ice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LoopTimerTest {
    private static final long MILLI = 1_000_000;

    private static Network network;

    private final NetworkLoop loop = network.nextLoop();
    private final BlockingQueue<Long> expiries = new LinkedBlockingQueue<>();

    @BeforeAll
    static void open() {
        network = Network.open(NetworkOptions.defaults().withThreads(1));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private LoopTimer newTimer() {
        return loop.newTimer(() -> expiries.add(loop.nanoTime()));
    }

    private long expiry() throws InterruptedException {
        Long expiry = expiries.poll(10, TimeUnit.SECONDS);
        assertNotNull(expiry, "the timer never expired");
        return expiry;
    }

    @Test
    void expiresOnceAndNotBeforeItsDeadline() throws Exception {
        long deadline = loop.nanoTime() + 5 * MILLI;
        LoopTimer timer = newTimer();
        LoopCalls.run(loop, () -> {
            timer.arm(deadline);
            timer.arm(deadline);
        });
        assertTrue(expiry() - deadline >= 0);
        sentinel(20);
        assertEquals(0, expiries.size());
    }

    @Test
    void aDeadlineThatMovesAwayIsKept() throws Exception {
        long late = loop.nanoTime() + 40 * MILLI;
        LoopTimer timer = newTimer();
        LoopCalls.run(loop, () -> {
            timer.arm(loop.nanoTime() + 2 * MILLI);
            timer.arm(late);
        });
        assertTrue(expiry() - late >= 0);
        sentinel(20);
        assertEquals(0, expiries.size());
    }

    @Test
    void aDeadlineThatMovesNearIsKept() throws Exception {
        LoopTimer timer = newTimer();
        LoopCalls.run(loop, () -> {
            timer.arm(loop.nanoTime() + 3_600_000 * MILLI);
            timer.arm(loop.nanoTime() + 2 * MILLI);
        });
        expiry();
    }

    @Test
    void disarmedOrCancelledItDoesNotExpireAndCanBeArmedAgain() throws Exception {
        LoopTimer timer = newTimer();
        LoopCalls.run(loop, () -> {
            timer.arm(loop.nanoTime() + 2 * MILLI);
            timer.arm(Long.MAX_VALUE);
        });
        sentinel(20);
        LoopCalls.run(loop, () -> {
            timer.arm(loop.nanoTime() + 2 * MILLI);
            timer.cancel();
        });
        sentinel(20);
        assertEquals(0, expiries.size());
        LoopCalls.run(loop, () -> timer.arm(loop.nanoTime()));
        expiry();
    }

    @Test
    void aTaskThatThrowsDoesNotSpoilTheTimer() throws Exception {
        BlockingQueue<Boolean> calls = new LinkedBlockingQueue<>();
        LoopTimer timer = loop.newTimer(() -> {
            calls.add(true);
            throw new IllegalArgumentException("on purpose");
        });
        for (int i = 0; i < 2; i++) {
            LoopCalls.run(loop, () -> timer.arm(loop.nanoTime()));
            assertNotNull(calls.poll(10, TimeUnit.SECONDS));
        }
    }

    @Test
    void nearDeadlinesAreMetAtOnceAndFarOnesTogether() {
        long now = -12_345_678_901L;
        assertEquals(now + 999 * MILLI, LoopTimer.wakeUpNanos(now + 999 * MILLI, now));
        Set<Long> wakeUps = new TreeSet<>();
        for (int i = 0; i < 1_000; i++) {
            long deadline = now + (4_000 + 2 * i) * MILLI;
            long wakeUp = LoopTimer.wakeUpNanos(deadline, now);
            assertTrue(wakeUp >= deadline && wakeUp < deadline + 68 * MILLI);
            wakeUps.add(wakeUp);
        }
        assertEquals(31, wakeUps.size(), 1);
    }

    /** Waits for a timer of its own that expires later: what is due before it has expired. */
    private void sentinel(long millis) throws Exception {
        BlockingQueue<Boolean> done = new LinkedBlockingQueue<>();
        LoopTimer timer = loop.newTimer(() -> done.add(true));
        LoopCalls.run(loop, () -> timer.arm(loop.nanoTime() + millis * MILLI));
        assertNotNull(done.poll(10, TimeUnit.SECONDS));
    }
}
