package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** A path of 100 ms and 1 MB/s; each round is one sample. */
class BbrTest {
    private static final long MILLI = 1_000_000;
    private static final int PAYLOAD = 1_000;
    private static final int SHORT = 100;
    private static final int LONG = 150;
    private static final double BANDWIDTH = 1e6;
    private static final long PRODUCT = 100_000;
    private static final long ROUND_TRIP_NANOS = SHORT * MILLI;
    private static final int MOST_ROUNDS = 200;

    private final Bbr bbr = new Bbr(PAYLOAD, 10);
    private final DeliverySample sample = new DeliverySample();

    private void round(int rttMillis, double bandwidth, long inFlight, long lost) {
        sample.isValid = true;
        sample.nowNanos += rttMillis * MILLI;
        sample.rttNanos = rttMillis * MILLI;
        sample.bytesPerSecond = bandwidth;
        sample.leastBytesPerSecond = sample.bytesPerSecond;
        sample.priorDeliveredBytes = sample.deliveredBytes;
        sample.ackedBytes = PRODUCT;
        sample.deliveredBytes += PRODUCT;
        sample.inFlightBytes = inFlight;
        sample.lostBytes = lost;
        bbr.onSample(sample, true);
    }

    /** How many times the bandwidth is sent. */
    private double gain(double bandwidth) {
        return bbr.pacingRate(ROUND_TRIP_NANOS) / bandwidth;
    }

    @Test
    @DisplayName(
            "slow start ends with a round that loses packets at a full queue, and what was under way then is the bound")
    void slowStartEndsAtAFullQueue() {
        round(SHORT, BANDWIDTH, PRODUCT, 0);
        round(LONG, BANDWIDTH * 1.3, PRODUCT, 0);
        assertTrue(gain(BANDWIDTH) > 1, "it goes on");
        round(LONG, BANDWIDTH * 1.3, 140_000, 10_000);
        assertTrue(gain(BANDWIDTH) < 1, "the queue is drained");
        assertTrue(bbr.cwnd() <= 140_000 + bbr.path().extraAcked(), () -> bbr.cwnd() + " in flight");
    }

    @Test
    @DisplayName(
            "slow start ends at a full queue also where the application has nothing more to send, and goes on without one")
    void slowStartEndsAtAFullQueueWhateverTheApplicationSends() {
        round(SHORT, BANDWIDTH, PRODUCT, 0);
        sample.isAppLimited = true;
        for (int i = 0; i < 5; i++) {
            round(SHORT, BANDWIDTH, PRODUCT, 0);
        }
        assertTrue(gain(BANDWIDTH) > 1, "it goes on");
        round(LONG, BANDWIDTH, 140_000, 10_000);
        assertTrue(gain(BANDWIDTH) < 1, "the queue is drained");
    }

    @Test
    @DisplayName("slow start goes on where packets are lost and no queue is seen")
    void slowStartGoesOnWhereThePathLoses() {
        round(SHORT, BANDWIDTH, PRODUCT, 0);
        round(SHORT, BANDWIDTH * 1.3, PRODUCT, 0);
        round(SHORT, BANDWIDTH * 1.3, 140_000, 10_000);
        assertTrue(gain(BANDWIDTH) > 1);
    }

    @Test
    @DisplayName("a probe that brought more by an eighth, and no queue, is followed by the next one at once")
    void probesOn() {
        probe();
        round(SHORT, BANDWIDTH * 1.2, PRODUCT, 0);
        assertTrue(gain(BANDWIDTH * 1.2) > 1.2, () -> gain(BANDWIDTH * 1.2) + " times the bandwidth");
    }

    @Test
    @DisplayName("a probe that brought less is not followed by the next one, nor one that left a queue")
    void doesNotProbeOn() {
        probe();
        round(SHORT, BANDWIDTH * 1.1, PRODUCT, 0);
        assertTrue(gain(BANDWIDTH * 1.1) <= 1, () -> gain(BANDWIDTH * 1.1) + " times the bandwidth");
        round(LONG, BANDWIDTH * 1.2, PRODUCT, 0);
        assertTrue(gain(BANDWIDTH * 1.2) <= 1, () -> gain(BANDWIDTH * 1.2) + " times the bandwidth");
    }

    @Test
    @DisplayName(
            "a probe ends that for five rounds brings neither more nor a queue: the path is not what holds the sender back")
    void endsInVain() {
        beginProbe();
        for (int i = 0; i < 4; i++) {
            round(SHORT, BANDWIDTH, PRODUCT / 2, 0);
            assertTrue(gain(BANDWIDTH) > 1.2, () -> gain(BANDWIDTH) + " times the bandwidth");
        }
        round(SHORT, BANDWIDTH, PRODUCT / 2, 0);
        assertTrue(gain(BANDWIDTH) < 1, () -> gain(BANDWIDTH) + " times the bandwidth");
    }

    @Test
    @DisplayName("a probe goes on that brings a little more")
    void goesOnForALittle() {
        beginProbe();
        for (int i = 0; i < 10; i++) {
            double bandwidth = BANDWIDTH * (1.01 + i / 100.0);
            round(SHORT, bandwidth, PRODUCT / 2, 0);
            assertTrue(gain(bandwidth) > 1.2, () -> gain(bandwidth) + " times the bandwidth");
        }
    }

    private void beginProbe() {
        int rounds = 0;
        do {
            round(SHORT, BANDWIDTH, PRODUCT / 2, 0);
            assertTrue(++rounds < MOST_ROUNDS, "no probe");
        } while (bbr.path().rounds() < 10 || gain(BANDWIDTH) < 1.2);
    }

    /** Until a probe for bandwidth is over, by its queue. */
    private void probe() {
        int rounds = 0;
        beginProbe();
        do {
            round(LONG, BANDWIDTH, 2 * PRODUCT, 0);
            assertTrue(++rounds < MOST_ROUNDS, "no end");
        } while (gain(BANDWIDTH) > 1);
    }
}
