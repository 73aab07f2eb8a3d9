package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** 60 chunks, one each millisecond, on a path of 64 ms to a peer that reports 20 gaps: every second chunk of the first 40. */
class OverdueSearchTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 64 * MILLI;
    private static final long ALLOWED = 80 * MILLI;
    private static final int CHUNKS = 60;
    private static final int BLOCKS = 20;

    /** The first of which no SACK tells. */
    private static final long HIDDEN = FIRST + 2 * BLOCKS;

    private static final long WITH_RECEIPT = HIDDEN + 5;

    private final SentData sent = new SentData();
    private final OutstandingData data = sent.data;
    private final Acknowledgements acknowledgements = sent.acknowledgements;
    private final Rack rack = new Rack();
    private final OverdueSearch search = new OverdueSearch(data, acknowledgements, rack);

    @BeforeEach
    void send() {
        sent.send(CHUNKS, i -> i * MILLI);
        data.setWithReceipt(WITH_RECEIPT);
    }

    @Test
    @DisplayName("what is in a gap is lost when its time is over; what was sent after the latest that arrived is not")
    void inAGap() {
        sack(BLOCKS, 39 * MILLI + ROUND_TRIP);
        // 0, 2, ..., 22 were sent 80 ms before 103 ms.
        assertEquals(15 * MILLI, search.markLost(ALLOWED, 39 * MILLI + ROUND_TRIP), "38 may still come");
        assertEquals(12, data.toRetransmit());
        assertFalse(data.isInFlight(FIRST + 22));
        assertTrue(data.isInFlight(FIRST + 24));
        assertEquals(0, search.markLost(ALLOWED, 1_000 * MILLI));
        assertEquals(20, data.toRetransmit());
        assertTrue(data.isInFlight(HIDDEN));
    }

    @Test
    @DisplayName("of what no SACK tells it is lost half a round trip later, unless a receipt would tell")
    void hidden() {
        sack(BLOCKS, 39 * MILLI + ROUND_TRIP);
        sack(BLOCKS, 39 * MILLI + ROUND_TRIP);
        // Z -> all that was hidden and has arrived is told by the receipt of the last -> A
        data.setWithReceipt(FIRST + CHUNKS - 1);
        SackOutcome outcome = acknowledgements.handleReceipt(FIRST + CHUNKS - 1, 1, 1);
        assertNotNull(outcome);
        rack.onAcked(outcome, 59 * MILLI + ROUND_TRIP);
        long sentAt = 40 * MILLI;
        search.markLost(ALLOWED, sentAt + ALLOWED + ROUND_TRIP / 2 - 1);
        assertTrue(data.isInFlight(HIDDEN));
        assertFalse(data.isInFlight(WITH_RECEIPT), "its receipt would have come");
        search.markLost(ALLOWED, sentAt + ALLOWED + ROUND_TRIP / 2);
        assertFalse(data.isInFlight(HIDDEN));
        assertTrue(data.isInFlight(HIDDEN + 1));
    }

    @Test
    @DisplayName("from a peer that reports all there is, nothing is hidden")
    void nothingIsHidden() {
        sack(10, 19 * MILLI + ROUND_TRIP);
        acknowledge(FIRST + 19, 59 * MILLI + ROUND_TRIP, 40, 40);
        search.markLost(ALLOWED, 20 * MILLI + ALLOWED);
        assertFalse(data.isInFlight(FIRST + 20));
        assertTrue(data.isInFlight(FIRST + 21));
    }

    @Test
    @DisplayName("what was just sent again does not end the search: what is behind it is found")
    void behindARetransmission() {
        data.markForRetransmission(FIRST);
        data.onRetransmitted(FIRST, 40 * MILLI);
        SackOutcome outcome = acknowledgements.withoutSack();
        outcome.onOriginal(FIRST + 8, 8 * MILLI, false);
        rack.onAcked(outcome, 8 * MILLI + ROUND_TRIP);
        search.markLost(ALLOWED, MILLI + ALLOWED);
        assertTrue(data.isInFlight(FIRST));
        assertFalse(data.isInFlight(FIRST + 1));
        assertTrue(data.isInFlight(FIRST + 2));
    }

    /** Reports every second TSN, so many of them. */
    private void sack(int blocks, long nowNanos) {
        acknowledge(FIRST - 1, nowNanos, SentData.everySecond(blocks));
    }

    private void acknowledge(long cumulative, long nowNanos, int... gapAckBlocks) {
        rack.onAcked(sent.sack(cumulative, gapAckBlocks), nowNanos);
    }
}
