package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.function.LongUnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BbrPathTest {
    private static final long MILLI = 1_000_000;
    private static final int SAMPLES = 200;

    private final BbrPath path = new BbrPath();
    private final DeliverySample sample = new DeliverySample();

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 100})
    @DisplayName("round trips that are long while an end sleeps for 4 ms are no queue")
    void lateEndsAreNoQueue(int roundTripMillis) {
        long shortest = roundTripMillis * MILLI;
        long late = 4 * MILLI + shortest;
        assertEquals(0, queues(i -> i % 5 == 0 ? shortest : late));
        assertFalse(path.hasLongQueue());
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 20, 100})
    @DisplayName("a queue is seen once all round trips of a while are longer, and gone when one is not")
    void longerRoundTripsAreAQueue(int roundTripMillis) {
        long shortest = roundTripMillis * MILLI;
        assertEquals(0, queues(i -> shortest));
        assertTrue(queues(i -> 2 * shortest) > SAMPLES / 2);
        assertTrue(path.hasQueue() && path.hasLongQueue());
        take(shortest);
        assertFalse(path.hasQueue());
    }

    @Test
    @DisplayName("a queue is full when it is about as long as it was at its longest")
    void knowsAFullQueue() {
        queues(i -> 100 * MILLI);
        queues(i -> 180 * MILLI);
        assertTrue(path.hasFullQueue());
        queues(i -> 159 * MILLI);
        assertTrue(path.hasQueue() && !path.hasFullQueue());
        queues(i -> 161 * MILLI);
        assertTrue(path.hasFullQueue());
        // A single round trip is no queue, and does not tell how long one may be.
        take(400 * MILLI);
        queues(i -> 161 * MILLI);
        assertTrue(path.hasFullQueue());
        queues(i -> 101 * MILLI);
        assertFalse(path.hasFullQueue());
    }

    @Test
    @DisplayName("where too much is lost the queue is full, though it was longer once")
    void forgetsWhatTheQueueHeld() {
        queues(i -> 100 * MILLI);
        queues(i -> 180 * MILLI);
        queues(i -> 140 * MILLI);
        assertFalse(path.hasFullQueue());
        path.onTooMuchLost();
        assertTrue(path.hasFullQueue());
        queues(i -> 120 * MILLI);
        assertFalse(path.hasFullQueue());
    }

    @Test
    @DisplayName("what is told late confirms a bandwidth and raises none")
    void toldLateIsNoMore() {
        take(100 * MILLI, 5e6, 5e6);
        take(100 * MILLI, 9e6, 4e6);
        assertEquals(5e6, path.bandwidth());
        path.advanceCycle();
        take(100 * MILLI, 9e6, 4e6);
        path.advanceCycle();
        assertEquals(5e6, path.bandwidth());
        take(100 * MILLI, 9e6, 6e6);
        assertEquals(6e6, path.bandwidth());
    }

    @Test
    @DisplayName(
            "round trips that are longer than a lucky packet's were are no queue, where they were so while little was sent")
    void jitterIsNoQueue() {
        // 20 ms and up to 60: what comes late holds up what follows, the more the more is sent.
        take(21 * MILLI);
        assertEquals(21 * MILLI, path.minRttNanos());
        queues(i -> (i % 7 == 3 ? 30 : 65 + i % 10) * MILLI);
        assertFalse(path.hasQueue());
        assertEquals(0, queues(i -> (68 + i % 5) * MILLI));
        assertFalse(path.hasFullQueue());
        assertTrue(queues(i -> (90 + i % 5) * MILLI) > SAMPLES / 2);
    }

    private void take(long rttNanos, double bytesPerSecond, double leastBytesPerSecond) {
        sample.bytesPerSecond = bytesPerSecond;
        sample.leastBytesPerSecond = leastBytesPerSecond;
        take(rttNanos);
    }

    /** After how many of the samples, one each millisecond, there was a queue. */
    private int queues(LongUnaryOperator rttNanos) {
        int queues = 0;
        for (int i = 0; i < SAMPLES; i++) {
            take(rttNanos.applyAsLong(i));
            queues += path.hasQueue() ? 1 : 0;
        }
        return queues;
    }

    private void take(long rttNanos) {
        sample.nowNanos += MILLI;
        sample.rttNanos = rttNanos;
        path.onSample(sample);
    }
}
