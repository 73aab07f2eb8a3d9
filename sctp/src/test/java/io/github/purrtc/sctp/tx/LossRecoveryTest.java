package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import io.github.purrtc.sctp.packet.SackView;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static io.github.purrtc.sctp.tx.SentData.LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Eight chunks, one each millisecond, on a path of 40 ms whose first packet has arrived. */
class LossRecoveryTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 40 * MILLI;
    private static final int CHUNKS = 8;
    private static final long LAST = FIRST + CHUNKS - 1;

    private final SentData sent = new SentData();
    private final CountingControl congestion = new CountingControl();
    private final RetransmissionTimeout timeout = new RetransmissionTimeout(MILLI, MILLI, 60_000 * MILLI, 0);
    private final Receipts receipts = new Receipts(1, true);
    private final LossRecovery recovery =
            new LossRecovery(sent.queue.statistics(), sent.data, sent.acknowledgements, congestion, timeout, receipts);

    @BeforeEach
    void send() {
        sent.send(CHUNKS, i -> i * MILLI);
        timeout.observe(ROUND_TRIP);
        sack(ROUND_TRIP, FIRST);
        assertEquals(ROUND_TRIP, recovery.minRttNanos());
    }

    /** A SACK comes. */
    private void sack(long nowNanos, long cumulative, int... gapAckBlocks) {
        take(nowNanos, cumulative, SackViews.of(cumulative, gapAckBlocks));
    }

    private void take(long nowNanos, long cumulative, SackView sack) {
        SackOutcome outcome = sent.acknowledgements.handleSack(cumulative, sack, recovery.isRecovering());
        assertNotNull(outcome);
        recovery.findLosses(outcome, sack, nowNanos);
        recovery.onCumulativeAck(cumulative);
    }

    @Test
    @DisplayName("the window is cut once until all is acknowledged that was sent when the first loss was found")
    void oneCutForEachRecovery() {
        recovery.onLoss();
        assertTrue(recovery.isRecovering() && recovery.isFastRetransmit());
        recovery.onPacketSent();
        assertFalse(recovery.isFastRetransmit());
        recovery.onLoss();
        assertTrue(recovery.isFastRetransmit());
        sent.send(1, i -> 50 * MILLI);
        sack(60 * MILLI, LAST - 1);
        assertTrue(recovery.isRecovering());
        assertEquals(1, congestion.losses);
        sack(60 * MILLI, LAST);
        assertFalse(recovery.isRecovering());
        recovery.onLoss();
        assertEquals(2, congestion.losses);
        assertEquals(2, sent.queue.statistics().fastRecoveries());
    }

    @Test
    @DisplayName("a timeout has cut the window for all that was sent before it")
    void oneCutForATimeout() {
        recovery.onTimeout(60 * MILLI);
        sent.send(2, i -> 60 * MILLI);
        recovery.onLoss();
        assertFalse(recovery.isRecovering());
        sack(100 * MILLI, LAST - 1);
        recovery.onLoss();
        assertEquals(0, congestion.losses);
        sack(100 * MILLI, LAST);
        recovery.onLoss();
        assertEquals(1, congestion.losses);
        assertEquals(1, congestion.timeouts);
    }

    @Test
    @DisplayName("a timeout that was spurious is undone, measured, and cuts nothing")
    void spuriousTimeout() {
        recovery.onTimeout(60 * MILLI);
        sent.data.markAllForRetransmission();
        sack(201 * MILLI, FIRST + 1);
        assertEquals(1, congestion.undone);
        assertEquals((7 * ROUND_TRIP + 200 * MILLI) / 8, timeout.srttNanos());
        recovery.onLoss();
        assertEquals(1, congestion.losses);
    }

    @Test
    @DisplayName("a probe that made good for a loss cuts the window, unless it is cut already")
    void aProbeRepaired() {
        probeAt(100 * MILLI);
        sack(140 * MILLI, LAST);
        assertEquals(1, congestion.losses);
        assertEquals(1, sent.queue.statistics().fastRecoveries());
        assertFalse(recovery.isRecovering());
    }

    @Test
    @DisplayName("a probe that is answered during recovery cuts nothing")
    void aProbeDuringRecovery() {
        probeAt(100 * MILLI);
        recovery.onLoss();
        sack(140 * MILLI, LAST);
        assertEquals(1, congestion.losses);
    }

    @Test
    @DisplayName("a probe is due two round trips after the last packet, and later where there is one alone")
    void probes() {
        recovery.scheduleProbe(LENGTH, Deadline.NEVER, 100 * MILLI);
        assertEquals(180 * MILLI, recovery.deadlineNanos());
        recovery.scheduleProbe((CHUNKS - 1) * LENGTH - 1, Deadline.NEVER, 100 * MILLI);
        assertEquals(180 * MILLI, recovery.deadlineNanos());
        recovery.scheduleProbe((CHUNKS - 1) * LENGTH, Deadline.NEVER, 100 * MILLI);
        assertEquals(380 * MILLI, recovery.deadlineNanos());
        recovery.onTimers(380 * MILLI);
        assertTrue(recovery.isProbeDue());
        assertEquals(LAST, recovery.takeProbe());
        assertFalse(recovery.isProbeDue());
    }

    @Test
    @DisplayName("no probe while a loss is known, a gap is reported, or nothing is under way")
    void noProbes() {
        recovery.onLoss();
        assertNotScheduled();
        recovery.endRecovery();
        sent.data.markForRetransmission(FIRST + 1);
        assertNotScheduled();
        sent.data.onRetransmitted(FIRST + 1, 50 * MILLI);
        recovery.scheduleProbe(LENGTH, Deadline.NEVER, 100 * MILLI);
        assertEquals(180 * MILLI, recovery.deadlineNanos());
        sent.sack(FIRST, 2, 2);
        assertNotScheduled();
        sent.sack(LAST);
        assertNotScheduled();
    }

    private void assertNotScheduled() {
        recovery.scheduleProbe(LENGTH, Deadline.NEVER, 100 * MILLI);
        assertEquals(Deadline.NEVER, recovery.deadlineNanos());
    }

    @Test
    @DisplayName(
            "what a gap shows is lost a quarter of a round trip later; a duplicate of what was sent again makes that longer, for"
                    + " sixteen recoveries")
    void byTime() {
        take(42 * MILLI, FIRST, SackViews.withDuplicates(FIRST, (int) FIRST));
        sack(42 * MILLI, FIRST, 2, 2);
        assertEquals(51 * MILLI, recovery.deadlineNanos());
        sent.data.chunks().transmissions[sent.data.chunks().index(FIRST)] = 2;
        take(42 * MILLI, FIRST, SackViews.withDuplicates(FIRST, (int) FIRST));
        assertEquals(61 * MILLI, recovery.deadlineNanos());
        for (int i = 0; i < 16; i++) {
            recovery.onLoss();
            recovery.onCumulativeAck(LAST);
        }
        sack(43 * MILLI, FIRST, 2, 3);
        assertEquals(51 * MILLI, recovery.deadlineNanos());
        assertFalse(recovery.onTimers(51 * MILLI - 1));
        assertTrue(recovery.onTimers(51 * MILLI));
        assertTrue(sent.data.hasToRetransmit());
    }

    @Test
    @DisplayName("a timeout ends what was waited for")
    void forgets() {
        sack(42 * MILLI, FIRST, 2, 2);
        recovery.forget(43 * MILLI);
        assertEquals(Deadline.NEVER, recovery.deadlineNanos());
    }

    @Test
    @DisplayName("what a receipt tells finds what was sent before it")
    void byReceipt() {
        SackOutcome outcome = sent.acknowledgements.withoutSack();
        outcome.onOriginal(FIRST + 3, 3 * MILLI, false);
        recovery.findLosses(outcome, 43 * MILLI);
        assertEquals(52 * MILLI, recovery.deadlineNanos(), "of the two before it the later one");
    }

    private void probeAt(long nowNanos) {
        recovery.scheduleProbe(LENGTH, Deadline.NEVER, nowNanos - 2 * ROUND_TRIP);
        recovery.onTimers(nowNanos);
        long tsn = recovery.takeProbe();
        sent.data.onProbed(tsn, nowNanos);
        recovery.onProbeSent(tsn, nowNanos);
    }

    /** Counts what it is told. */
    private static final class CountingControl implements CongestionControl {
        int losses;
        int timeouts;
        int undone;

        @Override
        public long cwnd() {
            return Long.MAX_VALUE;
        }

        @Override
        public long ssthresh() {
            return Long.MAX_VALUE;
        }

        @Override
        public long pacingRate(long srttNanos) {
            return 0;
        }

        @Override
        public void onLoss() {
            losses++;
        }

        @Override
        public void onTimeout() {
            timeouts++;
        }

        @Override
        public void undoTimeouts() {
            undone++;
        }

        @Override
        public void onIdle(long timeouts) {}
    }
}
