package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** A chunk that was sent at 1 ms is timed; a round trip takes 40 ms. */
class RttMeasurementTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 40 * MILLI;
    private static final long NOW = MILLI + ROUND_TRIP;
    private static final long TSN = 1L << 32;
    private static final long NONE = -1;

    private final RetransmissionTimeout timeout = new RetransmissionTimeout(MILLI, MILLI, 60_000 * MILLI, 0);
    private final RttMeasurement rtt = new RttMeasurement(timeout);

    @BeforeEach
    void send() {
        rtt.onSent(TSN, MILLI);
    }

    @Test
    @DisplayName("C4: one chunk a round trip is timed, up to when the ack point reaches it, and once")
    void timesOne() {
        rtt.onSent(TSN + 1, 10 * MILLI);
        rtt.onAcked(TSN - 1, NONE, 20 * MILLI);
        assertEquals(0, timeout.srttNanos());
        rtt.onAcked(TSN, TSN, NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
        rtt.onAcked(TSN + 1, TSN + 1, 2 * NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
        rtt.onSent(TSN + 2, 2 * NOW);
        rtt.onAcked(TSN + 3, TSN + 3, 2 * NOW + 3 * ROUND_TRIP);
        assertEquals(ROUND_TRIP + ROUND_TRIP / 4, timeout.srttNanos());
    }

    @Test
    @DisplayName("C5: what is sent again says nothing, and the next one is timed")
    void sentAgain() {
        rtt.onRetransmitted(TSN);
        assertNextIsTimed();
    }

    @Test
    @DisplayName("C5: that another one is sent again changes nothing")
    void anotherIsSentAgain() {
        rtt.onRetransmitted(TSN + 1);
        rtt.onAcked(TSN, TSN, NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
    }

    @Test
    @DisplayName("what a gap holds up says nothing, and the next one is timed")
    void heldUpByAGap() {
        rtt.onAcked(TSN - 1, TSN, NOW);
        assertNextIsTimed();
    }

    @Test
    @DisplayName(
            "of what lies behind the last gap that is reported nothing is heard for a while: the next one is timed")
    void behindTheLastReportedGap() {
        rtt.onReportedUpTo(TSN - 1);
        assertNextIsTimed();
    }

    @Test
    @DisplayName("what the last gap that is reported ends with is timed")
    void theLastReported() {
        rtt.onReportedUpTo(TSN);
        rtt.onAcked(TSN, TSN, NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
    }

    @Test
    @DisplayName("its receipt is as good as an acknowledgement, once; another's is none")
    void byReceipt() {
        rtt.onReceipt(TSN + 1, NOW);
        assertEquals(0, timeout.srttNanos());
        rtt.onReceipt(TSN, NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
        rtt.onReceipt(TSN, 3 * NOW);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
    }

    @Test
    @DisplayName("a timeout ends it, and the next one is timed")
    void cancelled() {
        rtt.cancel();
        assertNextIsTimed();
    }

    private void assertNextIsTimed() {
        rtt.onAcked(TSN, TSN, 2 * NOW);
        assertEquals(0, timeout.srttNanos());
        rtt.onSent(TSN + 1, 3 * NOW);
        rtt.onAcked(TSN + 1, TSN + 1, 3 * NOW + ROUND_TRIP);
        assertEquals(ROUND_TRIP, timeout.srttNanos());
    }
}
