package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A path of 100 ms that has delivered 1 MB/s: 100 kB without a queue. */
class BbrLowerBoundsTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long CWND = 200_000;
    private static final int PACKET = 1_000;

    private final BbrPath path = new BbrPath();
    private final BbrLosses losses = new BbrLosses(PACKET);
    private final BbrLowerBounds bounds = new BbrLowerBounds();
    private final DeliverySample sample = new DeliverySample();
    private boolean isSteady;

    BbrLowerBoundsTest() {
        for (int i = 0; i < 4; i++) {
            round(1e6, 100, 0);
        }
    }

    /** A round of which one sample tells all. */
    private boolean round(double bytesPerSecond, int rttMillis, long lostBytes) {
        sample.isValid = true;
        sample.nowNanos += rttMillis * MILLISECOND;
        sample.rttNanos = rttMillis * MILLISECOND;
        sample.bytesPerSecond = bytesPerSecond;
        sample.leastBytesPerSecond = sample.bytesPerSecond;
        sample.lostBytes = lostBytes;
        sample.priorDeliveredBytes = sample.deliveredBytes;
        sample.deliveredBytes += (long) (bytesPerSecond * rttMillis / 1_000);
        path.onSample(sample);
        return bounds.onSample(sample, path, losses, false, isSteady, CWND);
    }

    @Test
    @DisplayName("what is lost where no packets wait changes nothing")
    void ignoresLossesOfThePath() {
        assertFalse(round(1e6, 101, 50_000));
        assertEquals(Double.MAX_VALUE, bounds.bandwidth());
        assertEquals(Double.MAX_VALUE, bounds.inflight());
    }

    @Test
    @DisplayName(
            "what is lost where the queue has held more changes nothing, unless it is known not to hold that any more")
    void ignoresLossesInAQueueThatIsNotFull() {
        round(1e6, 200, 0);
        round(1e6, 200, 0);
        assertFalse(round(1e6, 150, 1_000));
        assertEquals(Double.MAX_VALUE, bounds.inflight());
        path.onTooMuchLost();
        assertTrue(round(1e6, 150, 1_000));
        assertEquals(0.7 * CWND, bounds.inflight());
    }

    @Test
    @DisplayName("what the path loses without a queue as well changes nothing at a full one")
    void ignoresThePathsOwnAtAFullQueue() {
        for (int i = 0; i < 20; i++) {
            sample.ackedBytes = 99_000;
            round(1e6, 100, 1_000);
            losses.onSample(sample, path);
            losses.beginRound();
        }
        // Of 100 packets one is to be expected, and four are by three deviations.
        assertFalse(round(1e6, 200, 4_000));
        assertEquals(Double.MAX_VALUE, bounds.inflight());
        assertTrue(round(1e6, 200, 5_000));
    }

    @Test
    @DisplayName(
            "§5.5.10.3: with a loss at a full queue they fall to what was delivered, by three tenths a round at most")
    void falls() {
        assertTrue(round(0.9e6, 200, 1_000));
        // The last round's sample counts in this one.
        assertEquals(1e6, bounds.bandwidth());
        assertEquals(0.7 * CWND, bounds.inflight());
        assertTrue(round(0.1e6, 200, 1_000));
        assertEquals(0.9e6, bounds.bandwidth());
        assertTrue(round(0.1e6, 200, 1_000));
        assertEquals(0.63e6, bounds.bandwidth(), 1);
        assertEquals(0.343 * CWND, bounds.inflight(), 1);
    }

    @Test
    @DisplayName("a round without losses that brings more than the bound lifts it")
    void rises() {
        round(0.1e6, 200, 1_000);
        round(0.1e6, 200, 1_000);
        assertEquals(0.7e6, bounds.bandwidth(), 1);
        round(0.9e6, 110, 0);
        assertEquals(0.9e6, bounds.bandwidth(), 1);
        assertTrue(bounds.inflight() < CWND);
    }

    @Test
    @DisplayName("what is under way does not fall below what the rate takes without the queue")
    void keepsThePathFull() {
        for (int i = 0; i < 10; i++) {
            round(1e6, 200, 1_000);
        }
        assertEquals(1e6, bounds.bandwidth());
        assertEquals(100_000, bounds.inflight(), 1);
    }

    @Test
    @DisplayName(
            "nothing falls while the sender itself fills the queue; a probe that found the path full counts, and the next one forgets")
    void leavesProbesAlone() {
        sample.lostBytes = 1_000;
        sample.rttNanos = 200 * MILLISECOND;
        sample.priorDeliveredBytes = sample.deliveredBytes;
        path.onSample(sample);
        assertFalse(bounds.onSample(sample, path, losses, true, false, CWND));
        assertEquals(Double.MAX_VALUE, bounds.inflight());
        sample.inFlightBytes = 199_000;
        bounds.cut(sample, path);
        assertEquals(140_000, bounds.inflight(), 1);
        bounds.reset();
        assertEquals(Double.MAX_VALUE, bounds.inflight());
    }

    @Test
    @DisplayName("a long queue that stands makes them fall to what was delivered, once between two probes")
    void yieldsOnce() {
        round(0.9e6, 200, 0);
        assertEquals(Double.MAX_VALUE, bounds.inflight());
        isSteady = true;
        assertFalse(round(0.8e6, 200, 0));
        assertEquals(0.9e6, bounds.bandwidth());
        assertEquals(0.7 * CWND, bounds.inflight());
        assertFalse(round(0.5e6, 200, 0));
        assertEquals(0.9e6, bounds.bandwidth());
        bounds.reset();
        round(0.5e6, 120, 0);
        assertEquals(Double.MAX_VALUE, bounds.inflight());
        round(0.5e6, 200, 0);
        assertEquals(0.7 * CWND, bounds.inflight());
    }
}
