package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.SackView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8985 §7, with four chunks under way on a path of 40 ms. */
class TailLossProbeTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 40 * MILLI;
    private static final long NOW = 1_000 * MILLI;
    private static final long LAST = FIRST + 3;

    private final SentData sent = new SentData();
    private final TailLossProbe probe = new TailLossProbe();

    @BeforeEach
    void send() {
        sent.send(4, i -> 0);
    }

    @Test
    @DisplayName("it is due after two round trips, and 200 ms later where one packet's SACK may be held back")
    void whenItIsDue() {
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        assertEquals(NOW + 80 * MILLI, probe.deadlineNanos());
        probe.schedule(NOW, ROUND_TRIP, true, Deadline.NEVER);
        assertEquals(NOW + 280 * MILLI, probe.deadlineNanos());
        probe.schedule(NOW, MILLI, false, Deadline.NEVER);
        assertEquals(NOW + 10 * MILLI, probe.deadlineNanos());
        assertFalse(probe.expire(NOW + 10 * MILLI - 1));
        assertFalse(probe.isDue());
        assertTrue(probe.expire(NOW + 10 * MILLI));
        assertTrue(probe.isDue());
    }

    @Test
    @DisplayName(
            "none where T3-rtx is as soon, nor before a round trip is known; what was waited for is waited for no more")
    void whereThereIsNone() {
        probe.schedule(NOW, ROUND_TRIP, false, NOW + 80 * MILLI + 1);
        assertEquals(NOW + 80 * MILLI, probe.deadlineNanos());
        probe.schedule(NOW, ROUND_TRIP, false, NOW + 80 * MILLI);
        assertEquals(Deadline.NEVER, probe.deadlineNanos());
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        probe.schedule(NOW, 0, false, Deadline.NEVER);
        assertEquals(Deadline.NEVER, probe.deadlineNanos());
    }

    @Test
    @DisplayName("one at a time, until it is answered or forgotten")
    void oneAtATime() {
        askAt(NOW);
        assertFalse(probe.isDue());
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        assertEquals(Deadline.NEVER, probe.deadlineNanos());
        probe.forget();
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        assertEquals(NOW + 80 * MILLI, probe.deadlineNanos());
        askAt(NOW);
        assertTrue(answer(LAST, NOW + ROUND_TRIP));
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        assertEquals(NOW + 80 * MILLI, probe.deadlineNanos());
    }

    @Test
    @DisplayName("what is due and not sent is due no more")
    void isNotSent() {
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        probe.expire(NOW + 80 * MILLI);
        probe.stop();
        assertFalse(probe.isDue());
        probe.schedule(NOW, ROUND_TRIP, false, Deadline.NEVER);
        probe.expire(NOW + 80 * MILLI);
        probe.onNothingToSend();
        assertFalse(probe.isDue());
    }

    @Test
    @DisplayName("all is there a round trip after the probe: it has made good for a loss, once")
    void hasRepaired() {
        assertFalse(answer(FIRST, NOW));
        askAt(NOW);
        assertFalse(answer(LAST - 1, NOW + ROUND_TRIP), "nothing tells of what it carried");
        assertTrue(answer(LAST, NOW + ROUND_TRIP));
        assertFalse(answer(LAST, NOW + ROUND_TRIP));
    }

    @Test
    @DisplayName("sooner than the path is long, or with a duplicate: nothing was lost")
    void nothingWasLost() {
        askAt(NOW);
        assertFalse(answer(LAST, NOW + ROUND_TRIP - 1));
        askAt(NOW);
        assertFalse(hasRepaired(NOW + ROUND_TRIP, SackViews.withDuplicates(LAST, (int) FIRST, (int) LAST)));
        askAt(NOW);
        assertTrue(hasRepaired(NOW + ROUND_TRIP, SackViews.withDuplicates(LAST, (int) FIRST)), "another's duplicate");
    }

    @Test
    @DisplayName("what is missing before it is RACK's: the probe counts for nothing, then or later")
    void moreIsMissing() {
        askAt(NOW);
        SackView sack = SackViews.of(FIRST, 3, 3);
        assertNotNull(sent.acknowledgements.handleSack(FIRST, sack, false));
        assertFalse(hasRepaired(NOW + ROUND_TRIP, sack));
        assertFalse(answer(LAST, NOW + 2 * ROUND_TRIP));
    }

    private void askAt(long nowNanos) {
        probe.schedule(nowNanos - 80 * MILLI, ROUND_TRIP, false, Deadline.NEVER);
        assertTrue(probe.expire(nowNanos));
        probe.onSent(LAST, nowNanos);
    }

    private boolean answer(long cumulative, long nowNanos) {
        SackView sack = SackViews.of(cumulative);
        assertNotNull(sent.acknowledgements.handleSack(cumulative, sack, false));
        return hasRepaired(nowNanos, sack);
    }

    private boolean hasRepaired(long nowNanos, SackView sack) {
        return probe.hasRepaired(sent.data, sack, ROUND_TRIP, nowNanos);
    }
}
