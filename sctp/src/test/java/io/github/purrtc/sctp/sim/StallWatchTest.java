package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertThrows;

class StallWatchTest {
    private static final long RTO = 100;

    private final StallWatch watch = new StallWatch("A to Z");

    @Test
    @DisplayName("three timeouts without anything new are no stall yet, a moment more is one")
    void findsAStall() {
        watch.check(1_000);
        watch.note(true, 0, RTO, 1_000);
        assertDoesNotThrow(() -> watch.check(1_300));
        assertThrows(AssertionError.class, () -> watch.check(1_301));
    }

    @Test
    @DisplayName("what arrives anew, and a try that the path loses, let the time begin again")
    void beginsAgain() {
        watch.check(1_000);
        watch.note(true, 0, RTO, 1_000);
        watch.note(true, 1, RTO, 1_200);
        assertDoesNotThrow(() -> watch.check(1_500));
        watch.onLost(1_500);
        watch.note(true, 1, RTO, 1_500);
        assertDoesNotThrow(() -> watch.check(1_800));
        assertThrows(AssertionError.class, () -> watch.check(1_801));
    }

    @Test
    @DisplayName("where nothing waits there is no stall, and the time before does not count")
    void waitsForNothing() {
        watch.note(false, 0, RTO, 1_000);
        watch.check(9_000);
        watch.note(true, 0, RTO, 9_000);
        assertDoesNotThrow(() -> watch.check(9_300));
        assertThrows(AssertionError.class, () -> watch.check(9_301));
    }

    @Test
    @DisplayName("the timeout as it is then counts, backed off or not")
    void followsTheTimeout() {
        watch.check(1_000);
        watch.note(true, 0, RTO, 1_000);
        watch.note(true, 0, 2 * RTO, 1_100);
        assertDoesNotThrow(() -> watch.check(1_600));
        assertThrows(AssertionError.class, () -> watch.check(1_601));
    }
}
