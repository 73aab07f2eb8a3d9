package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8985 §6.2 on a path of 64 ms. */
class RackTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 64 * MILLI;
    private static final long FIRST = 1L << 32;
    private static final int PERSISTENCE = 16;

    private final Rack rack = new Rack();
    private final SackOutcome outcome = new SackOutcome();
    private long now = 1_000 * MILLI;

    @BeforeEach
    void measure() {
        original(FIRST, now, now + ROUND_TRIP);
        assertEquals(ROUND_TRIP, rack.rttNanos());
        assertEquals(ROUND_TRIP, rack.minRttNanos());
    }

    @Test
    @DisplayName(
            "what was sent again and comes back a 32nd sooner than anything did is its last transmission; sooner, the first")
    void smallPacketsAreFaster() {
        long sentAt = now + 100 * MILLI;
        repeated(FIRST + 1, sentAt, sentAt + ROUND_TRIP - ROUND_TRIP / 32 - 1);
        assertEquals(FIRST, rack.latestTsn());
        assertEquals(ROUND_TRIP, rack.rttNanos());
        repeated(FIRST + 1, sentAt, sentAt + ROUND_TRIP - ROUND_TRIP / 32);
        assertEquals(FIRST + 1, rack.latestTsn());
        assertEquals(sentAt, rack.latestSentAtNanos());
        assertEquals(62 * MILLI, rack.rttNanos());
        assertEquals(ROUND_TRIP, rack.minRttNanos());
    }

    @Test
    @DisplayName("what no SACK told of for long has not taken long, but shows what was sent before it")
    void lateReports() {
        long sentAt = now + 100 * MILLI;
        outcome.isOriginalLate = true;
        original(FIRST + 1, sentAt, sentAt + 4 * ROUND_TRIP);
        assertEquals(ROUND_TRIP, rack.rttNanos());
        assertEquals(FIRST + 1, rack.latestTsn());
        outcome.isOriginalLate = false;
        original(FIRST + 2, sentAt, sentAt + 2 * ROUND_TRIP);
        assertEquals(2 * ROUND_TRIP, rack.rttNanos());
        assertEquals(ROUND_TRIP, rack.minRttNanos());
    }

    @Test
    @DisplayName(
            "of what was sent at one time the highest TSN is the latest; what was sent before is not, whatever its TSN")
    void theLatest() {
        original(FIRST + 5, now, now + ROUND_TRIP);
        assertEquals(FIRST + 5, rack.latestTsn());
        original(FIRST + 3, now, now + ROUND_TRIP);
        assertEquals(FIRST + 5, rack.latestTsn());
        original(FIRST + 9, now - 1, now + ROUND_TRIP);
        assertEquals(FIRST + 5, rack.latestTsn());
        original(FIRST + 1, now + 1, now + 1 + ROUND_TRIP);
        assertEquals(FIRST + 1, rack.latestTsn());
        assertEquals(now + 1, rack.latestSentAtNanos());
    }

    @Test
    @DisplayName("the window is a quarter of the shortest round trip, and no more than the smoothed one")
    void theWindow() {
        assertEquals(80 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
        assertEquals(74 * MILLI, rack.allowedNanos(10 * MILLI, false));
        assertEquals(65 * MILLI, rack.allowedNanos(0, false));
    }

    @Test
    @DisplayName("where each arrival is told it is a millisecond, until packets overtake each other")
    void toldOfEach() {
        assertEquals(65 * MILLI, rack.allowedNanos(ROUND_TRIP, true));
        outcome.reordered = true;
        original(FIRST + 1, now + 1, now + 1 + ROUND_TRIP);
        outcome.reordered = false;
        original(FIRST + 2, now + 2, now + 2 + ROUND_TRIP);
        assertTrue(rack.reorderingSeen());
        assertEquals(80 * MILLI, rack.allowedNanos(ROUND_TRIP, true));
    }

    @Test
    @DisplayName("before anything has arrived it is a millisecond")
    void nothingIsKnown() {
        Rack fresh = new Rack();
        assertEquals(MILLI, fresh.allowedNanos(0, false));
        assertFalse(fresh.reorderingSeen());
    }

    @Test
    @DisplayName("duplicates widen it by a quarter once a round trip; sixteen recoveries without any narrow it")
    void duplicates() {
        rack.onSpurious(FIRST, FIRST + 10);
        rack.onSpurious(FIRST + 9, FIRST + 20);
        assertEquals(96 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
        rack.onSpurious(FIRST + 10, FIRST + 20);
        assertEquals(112 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
        recover(PERSISTENCE - 1);
        assertEquals(112 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
        rack.onSpurious(FIRST + 15, FIRST + 25);
        recover(PERSISTENCE - 1);
        assertEquals(112 * MILLI, rack.allowedNanos(ROUND_TRIP, false), "no duplicate of this round trip counts again");
        recover(1);
        assertEquals(80 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
        recover(PERSISTENCE);
        rack.onSpurious(FIRST + 20, FIRST + 30);
        assertEquals(96 * MILLI, rack.allowedNanos(ROUND_TRIP, false));
    }

    @Test
    @DisplayName("the timer goes off once, at its time, and not where nothing waits")
    void theTimer() {
        rack.arm(now, 5);
        assertEquals(now + 5, rack.deadlineNanos());
        assertFalse(rack.expire(now + 4));
        assertTrue(rack.expire(now + 5));
        assertFalse(rack.expire(now + 6));
        rack.arm(now, 5);
        rack.arm(now, 0);
        assertEquals(Deadline.NEVER, rack.deadlineNanos());
    }

    private void recover(int times) {
        for (int i = 0; i < times; i++) {
            rack.onRecoveryEnded();
        }
    }

    private void original(long tsn, long sentAtNanos, long nowNanos) {
        outcome.originalTsn = tsn;
        outcome.originalSentAtNanos = sentAtNanos;
        outcome.repeatedTsn = -1;
        rack.onAcked(outcome, nowNanos);
    }

    private void repeated(long tsn, long sentAtNanos, long nowNanos) {
        outcome.originalTsn = -1;
        outcome.repeatedTsn = tsn;
        outcome.repeatedSentAtNanos = sentAtNanos;
        rack.onAcked(outcome, nowNanos);
    }
}
