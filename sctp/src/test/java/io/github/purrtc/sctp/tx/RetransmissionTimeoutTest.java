package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RetransmissionTimeoutTest {
    private static final long MILLI = 1_000_000;
    private static final long INITIAL = 500 * MILLI;
    private static final long MIN = 200 * MILLI;
    private static final long MAX = 60_000 * MILLI;

    private final RetransmissionTimeout timeout = new RetransmissionTimeout(INITIAL, MIN, MAX, 0);

    @Test
    @DisplayName("C110 before the first measurement the initial value counts; then SRTT and RTTVAR as §6.3.1 has them")
    void followsTheMeasurements() {
        assertEquals(INITIAL, timeout.rtoNanos());
        assertEquals(0, timeout.srttNanos());
        // C2: SRTT = R, RTTVAR = R / 2
        timeout.observe(800 * MILLI);
        assertEquals(800 * MILLI, timeout.srttNanos());
        assertEquals((800 + 4 * 400) * MILLI, timeout.rtoNanos());
        // C3: RTTVAR = 3/4 · 400 + 1/4 · 400, SRTT = 7/8 · 800 + 1/8 · 400
        timeout.observe(400 * MILLI);
        assertEquals(750 * MILLI, timeout.srttNanos());
        assertEquals((750 + 4 * 400) * MILLI, timeout.rtoNanos());
    }

    @Test
    @DisplayName("C110 the timeout stays between its bounds, and above what a delayed SACK may take")
    void isBounded() {
        for (int i = 0; i < 100; i++) {
            timeout.observe(1);
        }
        assertTrue(timeout.rtoNanos() >= MIN);
        for (int i = 0; i < 100; i++) {
            timeout.observe(i % 2 == 0 ? 50_000 * MILLI : 1);
        }
        assertTrue(timeout.rtoNanos() <= MAX);
    }

    @Test
    @DisplayName("C111 a time that cannot be true says nothing")
    void ignoresTheImpossible() {
        timeout.observe(100 * MILLI);
        long before = timeout.rtoNanos();
        timeout.observe(-1);
        timeout.observe(MAX + 1);
        timeout.observe(Long.MIN_VALUE);
        timeout.observe(Long.MAX_VALUE);
        assertEquals(before, timeout.rtoNanos());
        assertEquals(100 * MILLI, timeout.srttNanos());
    }

    @Test
    @DisplayName("C115 a thousand expirations: the maximum, never more and never negative; progress brings it back")
    void doesNotOverflow() {
        timeout.observe(100 * MILLI);
        long base = timeout.rtoNanos();
        for (int i = 0; i < 1_000; i++) {
            timeout.backOff();
            assertTrue(timeout.rtoNanos() > 0 && timeout.rtoNanos() <= MAX);
        }
        assertEquals(MAX, timeout.rtoNanos());
        timeout.onProgress();
        assertEquals(base, timeout.rtoNanos());
    }

    @Test
    @DisplayName(
            "where the back-off is bounded, it doubles the timeout that was measured, and short ones to half a second")
    void boundsTheBackOff() {
        RetransmissionTimeout bounded = new RetransmissionTimeout(INITIAL, MIN, MAX, 2);
        for (long rtt : new long[] {1, 20, 800}) {
            for (int i = 0; i < 100; i++) {
                bounded.observe(rtt * MILLI);
            }
            long base = bounded.rtoNanos();
            bounded.backOff();
            long once = bounded.rtoNanos();
            bounded.backOff();
            bounded.backOff();
            assertEquals(Math.max(2 * base, 500 * MILLI), bounded.rtoNanos());
            assertTrue(once <= 2 * base);
            bounded.onProgress();
            assertEquals(base, bounded.rtoNanos());
        }
    }
}
