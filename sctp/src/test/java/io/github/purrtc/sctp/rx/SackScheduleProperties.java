package io.github.purrtc.sctp.rx;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever comes, and however the round trip changes: no packet waits longer for its SACK than it may. */
class SackScheduleProperties {
    private static final long MILLISECOND = 1_000_000;
    private static final long YIELDING = 200 * MILLISECOND;

    private SackSchedule schedule;
    private long rttNanos;
    private boolean yields;
    private long lastSackNanos;
    private long now;
    private long waitsSince;
    private int waiting;

    @Property(tries = 300)
    void nothingWaitsLongerThanItMay(
            @ForAll long seed,
            @ForAll boolean thins,
            @ForAll boolean mayYield,
            @ForAll @IntRange(max = 200) int delayMillis,
            @ForAll @LongRange(min = 1_000, max = 5 * MILLISECOND) long spacingNanos) {
        SplittableRandom random = new SplittableRandom(seed);
        long delayNanos = delayMillis * MILLISECOND;
        schedule = new SackSchedule(delayNanos, thins);
        now = random.nextLong(-1_000_000_000_000L, 1_000_000_000_000L);
        lastSackNanos = now - YIELDING;
        onSackSent();
        for (int step = 0; step < 2_000; step++) {
            if (step % 400 == 0) {
                rttNanos = random.nextLong(200 * MILLISECOND);
            }
            if (waiting == 0) {
                yields = mayYield && random.nextInt(8) == 0;
            }
            pass(random.nextLong(2 * spacingNanos));
            arrive(1 + random.nextInt(1 + random.nextInt(4)), random.nextInt(200) == 0);
            if (yields) {
                assertTrue(waiting == 0 || schedule.deadlineNanos() - waitsSince <= YIELDING);
                continue;
            }
            int most = schedule.isThinned() ? SackThinning.MOST_PACKETS : SackThinning.EVERY_SECOND;
            assertTrue(waiting < most, () -> waiting + " packets wait");
            long wait = schedule.isThinned() ? Math.min(SackThinning.MOST_NANOS, delayNanos) : delayNanos;
            assertTrue(
                    waiting == 0 || schedule.deadlineNanos() - now <= wait,
                    () -> "until " + (schedule.deadlineNanos() - now) + " from now");
            assertTrue(waiting == 0 || schedule.deadlineNanos() - waitsSince <= delayNanos);
        }
    }

    private void pass(long nanos) {
        now += nanos;
        if (schedule.deadlineNanos() <= now) {
            schedule.onTimeout(now);
            assertTrue(schedule.isDue());
            onSackSent();
        }
    }

    private void arrive(int packets, boolean immediate) {
        for (int i = 0; i < packets; i++) {
            schedule.onDataPacket(immediate && i == 0);
            waitsSince = waiting++ == 0 ? now : waitsSince;
        }
        schedule.endOfBurst(rttNanos, yields, now);
        if (schedule.isDue()) {
            onSackSent();
        }
        assertTrue(yields || !immediate || waiting == 0, "what is to be acknowledged at once waits");
    }

    private void onSackSent() {
        assertTrue(!yields || now - lastSackNanos >= YIELDING, "too soon for a path that loses what we send");
        schedule.onSackSent(now);
        lastSackNanos = now;
        waiting = 0;
    }
}
