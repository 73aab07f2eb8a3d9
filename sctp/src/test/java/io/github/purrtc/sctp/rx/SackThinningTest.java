package io.github.purrtc.sctp.rx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SackThinningTest {
    private static final long MICROSECOND = 1_000;
    private static final long MILLISECOND = 1_000_000;
    private static final long DELAY = 20 * MILLISECOND;

    private final SackThinning thinning = new SackThinning();
    private long now = -1_000 * MILLISECOND;

    @ParameterizedTest(name = "a packet each {0} µs, {1} µs of round trip: {2} packets at most, or {3} µs")
    @CsvSource({
        "100, 20000, 12, 2500",
        "100, 50000, 31, 6250",
        "100, 200000, 64, 10000",
        "10, 20000, 64, 2500",
        "1000, 20000, 2, 20000",
        "1000, 100000, 6, 10000",
        "10, 1000, 6, 125",
        "10, 900, 2, 20000",
        "10, 0, 2, 20000",
    })
    void sixteenSacksARoundTrip(long spacingMicros, long rttMicros, int packets, long waitMicros) {
        run(10_000, spacingMicros, rttMicros);
        assertEquals(packets, thinning.mostPackets());
        assertEquals(waitMicros * MICROSECOND, thinning.mostNanos(DELAY));
    }

    @Test
    @DisplayName("as long as the rate grows by more than an eighth a round trip, and one longer, it is off")
    void isOffWhileTheRateGrows() {
        long spacing = 800;
        for (int round = 0; round < 6; round++) {
            run(20_000 / spacing, spacing, 20_000);
            assertFalse(thinning.isOn(), "in round " + round);
            spacing = spacing * 2 / 3;
        }
        run(3 * 20_000 / spacing, spacing, 20_000);
        assertTrue(thinning.isOn());
    }

    @Test
    @DisplayName("after a pause it is off until the rate was the same for a round trip")
    void isOffAfterAPause() {
        run(10_000, 100, 20_000);
        assertTrue(thinning.isOn());
        now += 1_000 * MILLISECOND;
        run(1, 100, 20_000);
        assertFalse(thinning.isOn());
        run(250, 100, 20_000);
        assertFalse(thinning.isOn());
        run(400, 100, 20_000);
        assertTrue(thinning.isOn());
    }

    @Test
    @DisplayName("nothing waits longer than was set")
    void keepsTheBoundThatWasSet() {
        run(10_000, 100, 20_000);
        assertEquals(MILLISECOND, thinning.mostNanos(MILLISECOND));
    }

    private void run(long packets, long spacingMicros, long rttMicros) {
        for (long i = 0; i < packets; i++) {
            now += spacingMicros * MICROSECOND;
            thinning.endOfBurst(1, rttMicros * MICROSECOND, now);
        }
    }
}
