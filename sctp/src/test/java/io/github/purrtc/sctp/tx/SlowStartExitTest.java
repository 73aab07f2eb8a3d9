package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SlowStartExitTest {
    private static final long MILLI = 1_000_000;

    private final SlowStartExit exit = new SlowStartExit();

    @Test
    @DisplayName("eight round trips in a row that are longer than the least tell of a queue")
    void noticesAQueue() {
        exit.isDue(100 * MILLI);
        for (int i = 0; i < 7; i++) {
            assertFalse(exit.isDue(140 * MILLI));
        }
        assertTrue(exit.isDue(140 * MILLI));
    }

    @Test
    @DisplayName("jitter is no queue")
    void bearsJitter() {
        exit.isDue(100 * MILLI);
        for (int i = 0; i < 1000; i++) {
            assertFalse(exit.isDue(i % 8 == 0 ? 101 * MILLI : 200 * MILLI));
        }
    }

    @Test
    @DisplayName("on a short path some milliseconds are no queue")
    void bearsSmallDelays() {
        exit.isDue(MILLI / 10);
        for (int i = 0; i < 1000; i++) {
            assertFalse(exit.isDue(4 * MILLI));
        }
    }
}
