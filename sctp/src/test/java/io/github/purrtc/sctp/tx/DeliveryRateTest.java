package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Chunks of 1,000 bytes on a path of 40 ms. */
class DeliveryRateTest {
    private static final long MILLI = 1_000_000;
    private static final long ROUND_TRIP = 40 * MILLI;
    private static final int LENGTH = 1_000;
    private static final int CHUNKS = 16;
    private static final double BYTES_PER_MILLI = 1_000;

    private final ChunkRing chunks = new ChunkRing();
    private final DeliveryRate rate = new DeliveryRate(chunks);
    private final SackOutcome outcome = new SackOutcome();

    @BeforeEach
    void reserve() {
        for (int i = 1; i <= CHUNKS; i++) {
            chunks.reserve(0, i);
        }
    }

    @Test
    @DisplayName("what was delivered since a chunk was sent, by the time since the delivery before")
    void byAcknowledging() {
        for (int i = 0; i < 4; i++) {
            send(i, i == 0, i * MILLI);
        }
        assertEquals(25 * BYTES_PER_MILLI, original(0, 1, ROUND_TRIP).bytesPerSecond);
        // The others come 8 ms apart, though they were sent 1 ms apart.
        for (int i = 1; i < 4; i++) {
            send(3 + i, false, ROUND_TRIP + i * 8 * MILLI);
            original(i, 1, ROUND_TRIP + i * 8 * MILLI);
        }
        // Sent when one was delivered, at 40 ms: four more since, in 48 ms.
        DeliverySample sample = original(4, 1, 88 * MILLI);
        assertEquals(4e3 / 48e-3, sample.bytesPerSecond, 1);
        assertEquals(LENGTH, sample.priorDeliveredBytes);
        assertEquals(5 * LENGTH, sample.deliveredBytes);
        assertEquals(ROUND_TRIP, sample.rttNanos);
    }

    @Test
    @DisplayName("what comes in a lump is not faster than it was sent")
    void bySending() {
        send(0, true, 0);
        original(0, 1, ROUND_TRIP);
        send(1, true, 100 * MILLI);
        send(2, false, 150 * MILLI);
        send(3, false, 200 * MILLI);
        assertEquals(3e3 / 140e-3, original(3, 3, 240 * MILLI).bytesPerSecond, 1);
        send(4, false, 210 * MILLI);
        send(5, false, 290 * MILLI);
        original(4, 1, 250 * MILLI);
        // 1 to 5 are delivered since 4 was sent, when nothing of them was; from 3 to 5 sending took 90 ms.
        assertEquals(2e3 / 90e-3, original(5, 1, 330 * MILLI).bytesPerSecond, 2e3);
    }

    @Test
    @DisplayName("an interval shorter than any round trip tells no rate")
    void tooShort() {
        send(0, true, 0);
        assertEquals(0, original(0, 1, ROUND_TRIP - 1).bytesPerSecond);
        send(1, true, 100 * MILLI);
        assertTrue(original(1, 1, 100 * MILLI + ROUND_TRIP).bytesPerSecond > 0);
    }

    @Test
    @DisplayName("a chunk of which no SACK told for long tells a rate, and no round trip")
    void late() {
        send(0, true, 0);
        outcome.isOriginalLate = true;
        DeliverySample sample = original(0, 1, 2 * ROUND_TRIP);
        assertTrue(sample.isValid);
        assertEquals(0, sample.rttNanos);
        assertTrue(sample.bytesPerSecond > 0);
        outcome.isOriginalLate = false;
        send(1, true, 200 * MILLI);
        assertEquals(ROUND_TRIP, original(1, 1, 200 * MILLI + ROUND_TRIP).rttNanos);
    }

    @Test
    @DisplayName("what may have arrived long ago makes no rate for sure")
    void toldLate() {
        for (int i = 0; i < 4; i++) {
            send(i, i == 0, 0);
        }
        DeliverySample sample = original(0, 1, ROUND_TRIP);
        assertEquals(sample.bytesPerSecond, sample.leastBytesPerSecond);
        send(4, false, ROUND_TRIP);
        outcome.lateBytes = 2 * LENGTH;
        sample = original(3, 3, 50 * MILLI);
        assertEquals(4e3 / 50e-3, sample.bytesPerSecond, 1);
        assertEquals(2e3 / 50e-3, sample.leastBytesPerSecond, 1);
        outcome.lateBytes = 0;
        send(5, false, 50 * MILLI);
        sample = original(4, 1, 2 * ROUND_TRIP);
        assertEquals(4e3 / 40e-3, sample.bytesPerSecond, 1);
        assertEquals(2e3 / 40e-3, sample.leastBytesPerSecond, 1, "sent before that");
        sample = original(5, 1, 50 * MILLI + ROUND_TRIP);
        assertEquals(sample.bytesPerSecond, sample.leastBytesPerSecond);
    }

    @Test
    @DisplayName("what was sent again tells a rate, and no round trip; faster than the path, nothing")
    void sentAgain() {
        send(0, true, MILLI);
        assertFalse(repeated(0, MILLI, MILLI + ROUND_TRIP - 1).isValid);
        DeliverySample sample = repeated(0, MILLI, MILLI + ROUND_TRIP);
        assertTrue(sample.isValid);
        assertEquals(0, sample.rttNanos);
    }

    @Test
    @DisplayName("of what was sent once and what was sent again that counts which was sent last")
    void theLatest() {
        send(0, true, 0);
        send(1, false, 5 * MILLI);
        outcome.repeatedTsn = 1;
        outcome.repeatedSentAtNanos = 5 * MILLI;
        assertEquals(0, original(0, 2, 100 * MILLI).rttNanos);
        send(2, true, 200 * MILLI);
        send(3, false, 200 * MILLI);
        outcome.repeatedTsn = 3;
        outcome.repeatedSentAtNanos = 200 * MILLI;
        assertEquals(100 * MILLI, original(2, 2, 300 * MILLI).rttNanos);
    }

    @Test
    @DisplayName("what was sent while the application had no more is its rate, until all of that is delivered")
    void theApplicationsRate() {
        send(0, true, 0);
        rate.onAppLimited(LENGTH);
        send(1, false, MILLI);
        assertFalse(original(0, 1, ROUND_TRIP).isAppLimited);
        send(2, false, ROUND_TRIP);
        assertTrue(original(1, 1, ROUND_TRIP + MILLI).isAppLimited);
        send(3, false, ROUND_TRIP + MILLI);
        assertTrue(original(2, 1, 2 * ROUND_TRIP).isAppLimited);
        assertFalse(original(3, 1, 2 * ROUND_TRIP + MILLI).isAppLimited);
    }

    @Test
    @DisplayName("a SACK that acknowledges nothing tells nothing but the time and what is lost")
    void nothing() {
        outcome.clear();
        DeliverySample sample = rate.onSack(outcome, 7, 9, ROUND_TRIP, 5);
        assertFalse(sample.isValid);
        assertEquals(5, sample.nowNanos);
        assertEquals(7, sample.lostBytes);
        assertEquals(9, sample.inFlightBytes);
    }

    @Test
    @DisplayName(
            "a SACK that acknowledges nothing is no delivery: what is sent after it is measured from the one before")
    void notDelivered() {
        send(0, true, 0);
        send(1, false, 0);
        original(0, 1, ROUND_TRIP);
        outcome.clear();
        rate.onSack(outcome, 0, LENGTH, ROUND_TRIP, 60 * MILLI);
        send(2, false, 60 * MILLI);
        assertEquals(1e3 / 60e-3, original(2, 1, 100 * MILLI).bytesPerSecond, 1);
    }

    @Test
    @DisplayName("where no time passes there is no rate")
    void atOnce() {
        send(0, true, 0);
        outcome.originalTsn = 0;
        outcome.originalSentAtNanos = 0;
        outcome.bytesAcked = LENGTH;
        assertEquals(0, rate.onSack(outcome, 0, 0, 0, 0).bytesPerSecond);
    }

    private void send(int tsn, boolean nothingInFlight, long nowNanos) {
        int i = chunks.index(tsn);
        chunks.lastSentAtNanos[i] = nowNanos;
        rate.onSent(i, nothingInFlight, nowNanos);
    }

    /** So many chunks are acknowledged, the last of them that one, which was sent once. */
    private DeliverySample original(int tsn, int count, long nowNanos) {
        outcome.originalTsn = tsn;
        outcome.originalSentAtNanos = chunks.lastSentAtNanos[chunks.index(tsn)];
        outcome.bytesAcked = (long) count * LENGTH;
        DeliverySample sample = rate.onSack(outcome, 0, 0, ROUND_TRIP, nowNanos);
        outcome.originalTsn = -1;
        outcome.repeatedTsn = -1;
        return sample;
    }

    private DeliverySample repeated(int tsn, long sentAtNanos, long nowNanos) {
        outcome.originalTsn = -1;
        outcome.repeatedTsn = tsn;
        outcome.repeatedSentAtNanos = sentAtNanos;
        outcome.bytesAcked = LENGTH;
        return rate.onSack(outcome, 0, 0, ROUND_TRIP, nowNanos);
    }
}
