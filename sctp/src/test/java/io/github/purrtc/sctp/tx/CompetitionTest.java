package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A path of 100 ms; each round is one sample, and so long that the queue that it tells of is known at once. */
class CompetitionTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final int SHORT = 105;
    private static final int BETWEEN = 120;
    private static final int LONG = 150;
    private static final long WINDOW_PACKETS = 20;
    private static final int MOST_ROUNDS = 1_000;

    private final BbrPath path = new BbrPath();
    private final Competition competition = new Competition();
    private final DeliverySample sample = new DeliverySample();
    private boolean isCruising = true;

    @BeforeEach
    void knowThePath() {
        for (int i = 0; i < 4; i++) {
            observe(100);
        }
        sample.inFlightBytes = 80_000;
        assertFalse(round(SHORT));
    }

    private void observe(int rttMillis) {
        sample.isValid = true;
        sample.nowNanos += rttMillis * MILLISECOND;
        sample.rttNanos = rttMillis * MILLISECOND;
        sample.bytesPerSecond = 1e6;
        sample.leastBytesPerSecond = sample.bytesPerSecond;
        sample.priorDeliveredBytes = sample.deliveredBytes;
        sample.deliveredBytes += 10_000;
        path.onSample(sample);
    }

    private boolean round(int rttMillis) {
        observe(rttMillis);
        return competition.begins(sample, path, isCruising);
    }

    private boolean compete(int rttMillis) {
        observe(rttMillis);
        return competition.ends(sample, path, WINDOW_PACKETS);
    }

    private void begin() {
        int rounds = 1;
        while (!round(LONG)) {
            assertTrue(++rounds < MOST_ROUNDS);
        }
        assertTrue(competition.isOn());
    }

    @Test
    @DisplayName("it begins when a long queue has stood for ten rounds")
    void begins() {
        for (int i = 0; i < 9; i++) {
            assertFalse(round(LONG), "round " + i);
        }
        assertFalse(competition.isOn());
        assertTrue(round(LONG));
        assertTrue(competition.isOn());
    }

    @Test
    @DisplayName("rounds without a queue are taken off, rounds with a short one count for nothing")
    void forgets() {
        for (int i = 0; i < 9; i++) {
            round(LONG);
        }
        assertFalse(round(BETWEEN));
        assertFalse(round(SHORT));
        assertFalse(round(LONG));
        assertTrue(round(LONG));
    }

    @Test
    @DisplayName("never while as many rounds are without one as with one, as where two of ours share a path")
    void leavesTwoOfOursAlone() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            int rtt = i % 16 < 8 ? LONG : SHORT;
            assertFalse(round(rtt), "round " + i);
        }
    }

    @Test
    @DisplayName("never by the sender's own probes")
    void leavesProbesAlone() {
        isCruising = false;
        for (int i = 0; i < MOST_ROUNDS; i++) {
            assertFalse(round(LONG));
        }
    }

    @Test
    @DisplayName("never where the path loses packets all the time, though ends that are woken late look like a queue")
    void leavesLossyPathsAlone() {
        for (int i = 0; i < MOST_ROUNDS; i++) {
            sample.lostBytes = i % 8 == 0 ? 1_000 : 0;
            assertFalse(round(LONG), "round " + i);
        }
    }

    @Test
    @DisplayName("the window is what was under way before room was made; soon after the last time, what it was then")
    void restoresTheWindow() {
        assertFalse(round(LONG));
        sample.inFlightBytes = 10_000;
        begin();
        assertEquals(80_000, competition.window(sample));
        competition.onEnd(sample, 120_000);
        assertEquals(120_000, competition.window(sample));
        sample.inFlightBytes = 130_000;
        assertEquals(130_000, competition.window(sample));
        sample.inFlightBytes = 10_000;
        sample.nowNanos += 15_000 * MILLISECOND;
        assertEquals(80_000, competition.window(sample));
    }

    @Test
    @DisplayName("a loss without a queue ends it at once, one with a queue does not")
    void endsWithLossesOfThePath() {
        begin();
        competition.onLoss(path);
        assertFalse(compete(LONG));
        assertFalse(compete(SHORT));
        competition.onLoss(path);
        assertTrue(compete(LONG));
        assertFalse(competition.isOn());
    }

    @Test
    @DisplayName("two losses within ten rounds end it, for who fills a queue loses once in a while")
    void endsWithManyLosses() {
        begin();
        competition.onLoss(path);
        for (int i = 0; i < 10; i++) {
            assertFalse(compete(LONG));
        }
        competition.onLoss(path);
        for (int i = 0; i < 9; i++) {
            assertFalse(compete(LONG));
        }
        competition.onLoss(path);
        assertTrue(compete(LONG));
    }

    @Test
    @DisplayName("it ends when no queue was seen for as many rounds as the window has packets")
    void endsWithoutQueue() {
        begin();
        for (int i = 0; i < WINDOW_PACKETS; i++) {
            assertFalse(compete(SHORT));
        }
        assertFalse(compete(BETWEEN));
        for (int i = 0; i < WINDOW_PACKETS; i++) {
            assertFalse(compete(SHORT), "round " + i);
        }
        assertTrue(compete(SHORT));
    }

    @Test
    @DisplayName(
            "a path that has become longer is taken for a queue no longer than the least round trip is remembered, and some rounds")
    void endsOnALongerPath() {
        begin();
        int rounds = 1;
        while (!compete(LONG)) {
            assertTrue(++rounds < MOST_ROUNDS);
        }
        assertTrue(rounds * LONG < 15_000, rounds + " rounds");
    }

    @Test
    @DisplayName("whether the queue is its own is looked at after a hundred rounds and fifteen seconds")
    void endsAfterAWhile() {
        begin();
        long began = sample.nowNanos;
        int rounds = 1;
        while (!compete(LONG + 50 * (rounds % 8))) {
            assertTrue(++rounds < MOST_ROUNDS);
        }
        assertTrue(rounds > 100 && rounds < 110, rounds + " rounds");
        assertTrue(sample.nowNanos - began > 15_000 * MILLISECOND);
    }
}
