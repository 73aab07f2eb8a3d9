package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static io.github.purrtc.sctp.tx.SentData.LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 5682 §3, with four packets under way on a path of 40 ms when T3-rtx expires. */
class SpuriousTimeoutTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 40 * MILLI;
    private static final long EXPIRED = 1_000 * MILLI;

    private final SentData sent = new SentData();
    private final NewReno congestion = new NewReno(LENGTH, 10);
    private final SpuriousTimeout timeout = new SpuriousTimeout(sent.data, congestion);

    @BeforeEach
    void expire() {
        sent.send(4, i -> 0);
        expireAt(EXPIRED);
    }

    private void expireAt(long nowNanos) {
        timeout.onTimeout(nowNanos);
        congestion.onTimeout();
        sent.data.markAllForRetransmission();
    }

    private boolean isToldBy(SackOutcome outcome, long nowNanos) {
        return timeout.isToldBy(outcome, ROUND_TRIP, nowNanos);
    }

    @Test
    @DisplayName("what was not sent again and is acknowledged was under way: all is as before")
    void itWasSpurious() {
        sent.data.onRetransmitted(FIRST, EXPIRED);
        assertFalse(isToldBy(sent.sack(FIRST), EXPIRED + ROUND_TRIP), "for the second transmission, maybe");
        assertTrue(isToldBy(sent.sack(FIRST + 1), EXPIRED + ROUND_TRIP));
        timeout.undo();
        assertEquals(10 * LENGTH, congestion.cwnd());
        assertEquals(2 * LENGTH, sent.data.inFlightBytes());
        assertFalse(sent.data.hasToRetransmit());
    }

    @Test
    @DisplayName("what is undone once is not undone again")
    void once() {
        assertTrue(isToldBy(sent.sack(FIRST), EXPIRED));
        timeout.undo();
        sent.data.markAllForRetransmission();
        assertFalse(isToldBy(sent.sack(FIRST + 1), EXPIRED));
    }

    @Test
    @DisplayName("that all is there may answer the one packet sent again; within a round trip it does not")
    void allIsThere() {
        sent.data.onRetransmitted(FIRST, EXPIRED);
        SackOutcome outcome = sent.sack(FIRST + 3);
        assertTrue(isToldBy(outcome, EXPIRED + ROUND_TRIP - 1));
        assertFalse(isToldBy(outcome, EXPIRED + ROUND_TRIP));
        assertFalse(isToldBy(outcome, EXPIRED + ROUND_TRIP - 1), "that it was no mistake is settled");
    }

    @Test
    @DisplayName("what was sent after it expired does not make it longer")
    void sentAfterIt() {
        sent.send(2, i -> EXPIRED);
        assertFalse(isToldBy(sent.sack(FIRST + 3), EXPIRED + ROUND_TRIP));
        sent.data.markForRetransmission(FIRST + 4);
        assertFalse(isToldBy(sent.sack(FIRST + 4), EXPIRED + ROUND_TRIP));
    }

    @Test
    @DisplayName("the window is that of before the first of several")
    void several() {
        expireAt(2 * EXPIRED);
        assertTrue(isToldBy(sent.sack(FIRST), 2 * EXPIRED));
        timeout.undo();
        assertEquals(10 * LENGTH, congestion.cwnd());
    }
}
