package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 9406 §4.2, sentence by sentence. */
class HyStartTest {
    private static final int PACKET = 1_000;
    private static final long MICROSECOND = 1_000;

    private final HyStart hyStart = new HyStart();
    private final DeliverySample sample = new DeliverySample();

    /** The round's samples all have that round-trip time. */
    private void round(int samples, double rttMillis) {
        long before = sample.deliveredBytes;
        for (int i = 0; i < samples; i++) {
            sample(before, rttMillis);
        }
    }

    private void sample(long sentAtDelivered, double rttMillis) {
        next(sample, sentAtDelivered, rttMillis);
        hyStart.onSample(sample);
    }

    private static void next(DeliverySample sample, long sentAtDelivered, double rttMillis) {
        sample.isValid = true;
        sample.priorDeliveredBytes = sentAtDelivered;
        sample.deliveredBytes += PACKET;
        sample.ackedBytes = PACKET;
        sample.rttNanos = (long) (rttMillis * 1_000) * MICROSECOND;
    }

    @ParameterizedTest(name = "{0} ms: {1} ms more")
    @DisplayName("RttThresh = clamp(MIN_RTT_THRESH, lastRoundMinRTT / 8, MAX_RTT_THRESH)")
    @CsvSource({"1, 4", "8, 4", "32, 4", "80, 10", "100, 12.5", "128, 16", "400, 16"})
    void entersConservativeSlowStart(double rttMillis, double thresholdMillis) {
        round(8, rttMillis);
        round(8, rttMillis + thresholdMillis - 0.001);
        assertEquals(1, hyStart.growthDivisor());
        round(8, rttMillis + thresholdMillis - 0.001 + thresholdMillis * 1.2);
        assertEquals(4, hyStart.growthDivisor());
    }

    @ParameterizedTest
    @DisplayName("for rounds where at least N_RTT_SAMPLE RTT samples have been obtained, in the middle of the round")
    @ValueSource(ints = {100, 400})
    void needsEightSamples(int rttMillis) {
        round(8, rttMillis);
        round(7, 2 * rttMillis);
        assertEquals(1, hyStart.growthDivisor());
        sample(sample.deliveredBytes - 7 * PACKET, 2 * rttMillis);
        assertEquals(4, hyStart.growthDivisor());
    }

    @Test
    @DisplayName("the least of the round counts: jitter is no queue")
    void bearsJitter() {
        round(8, 100);
        for (int i = 0; i < 100; i++) {
            long before = sample.deliveredBytes;
            sample(before, 101);
            for (int more = 0; more < 20; more++) {
                sample(before, 200);
            }
            assertEquals(1, hyStart.growthDivisor());
        }
    }

    @Test
    @DisplayName("what was sent more than once has no round-trip time, and is no sample")
    void passesOverRepeated() {
        round(8, 100);
        long before = sample.deliveredBytes;
        for (int i = 0; i < 7; i++) {
            sample(before, 200);
            sample(before, 0);
        }
        assertEquals(1, hyStart.growthDivisor());
    }

    @Test
    @DisplayName(
            "CSS lasts at most CSS_ROUNDS rounds, the partial round in which it began among them; then congestion avoidance")
    void endsAfterFiveRounds() {
        round(8, 100);
        round(8, 150);
        for (int i = 0; i < 4; i++) {
            round(8, 150);
            assertEquals(4, hyStart.growthDivisor(), "round " + i);
            assertFalse(hyStart.isOver());
        }
        round(1, 150);
        assertTrue(hyStart.isOver());
    }

    @Test
    @DisplayName(
            "currentRoundMinRTT < cssBaselineMinRtt, by eight samples: the exit was spurious, and slow start resumes")
    void resumes() {
        round(8, 100);
        round(8, 150);
        round(7, 149);
        assertEquals(4, hyStart.growthDivisor());
        round(8, 149);
        assertEquals(1, hyStart.growthDivisor());
        // And HyStart++ with it, whose rounds of CSS begin anew.
        round(8, 180);
        assertEquals(4, hyStart.growthDivisor());
        for (int i = 0; i < 4; i++) {
            round(8, 180);
        }
        assertFalse(hyStart.isOver());
        round(1, 180);
        assertTrue(hyStart.isOver());
    }

    @Test
    @DisplayName("cwnd grows by N in slow start, by N / CSS_GROWTH_DIVISOR in CSS, and then ssthresh = cwnd")
    void slowsTheWindow() {
        Cubic cubic = new Cubic(PACKET, 10);
        DeliverySample told = new DeliverySample();
        cubicRound(cubic, told, 100);
        assertEquals(18 * PACKET, cubic.cwnd());
        cubicRound(cubic, told, 150);
        // The eighth sample tells, and counts from the next on.
        assertEquals(26 * PACKET, cubic.cwnd());
        cubicRound(cubic, told, 150);
        assertEquals(28 * PACKET, cubic.cwnd());
        assertEquals(Long.MAX_VALUE, cubic.ssthresh());
        cubicRound(cubic, told, 150);
        cubicRound(cubic, told, 150);
        cubicRound(cubic, told, 150);
        cubicRound(cubic, told, 150);
        assertEquals(34_250, cubic.ssthresh());
    }

    private static void cubicRound(Cubic cubic, DeliverySample told, double rttMillis) {
        long before = told.deliveredBytes;
        for (int i = 0; i < 8; i++) {
            next(told, before, rttMillis);
            cubic.onCumulativeAck(PACKET, true, false, 1, 100);
            cubic.onSample(told, true);
        }
    }

    @Test
    @DisplayName("a loss in CSS ends it as it ends slow start")
    void endsByLoss() {
        Cubic cubic = new Cubic(PACKET, 34);
        DeliverySample told = new DeliverySample();
        cubicRound(cubic, told, 100);
        cubicRound(cubic, told, 150);
        assertEquals(50 * PACKET, cubic.cwnd());
        cubic.onLoss();
        assertEquals(35 * PACKET, cubic.cwnd());
        assertEquals(35 * PACKET, cubic.ssthresh());
    }
}
