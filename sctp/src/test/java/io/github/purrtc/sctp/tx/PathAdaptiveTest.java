package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

class PathAdaptiveTest {
    private static final int PACKET = 1_000;
    private static final long MICROSECOND = 1_000L;
    private static final long MILLISECOND = 1_000 * MICROSECOND;

    private final PathAdaptive adaptive = new PathAdaptive(PACKET, 10);
    private final NewReno newReno = new NewReno(PACKET, 10);
    private final DeliverySample sample = new DeliverySample();

    private void round(long rttNanos) {
        sample.isValid = true;
        sample.nowNanos += rttNanos;
        sample.rttNanos = rttNanos;
        sample.bytesPerSecond = 8e9 * PACKET / rttNanos;
        sample.leastBytesPerSecond = sample.bytesPerSecond;
        sample.priorDeliveredBytes = sample.deliveredBytes;
        sample.ackedBytes = 8 * PACKET;
        sample.deliveredBytes += sample.ackedBytes;
        for (CongestionControl control : new CongestionControl[] {adaptive, newReno}) {
            control.onCumulativeAck(8 * PACKET, true, false, sample.nowNanos, rttNanos);
            control.onSample(sample, true);
        }
    }

    private void assertSame() {
        assertEquals(newReno.cwnd(), adaptive.cwnd());
        assertEquals(newReno.ssthresh(), adaptive.ssthresh());
        assertEquals(newReno.pacingRate(MILLISECOND), adaptive.pacingRate(MILLISECOND));
    }

    @Test
    @DisplayName("on a short path it is NewReno in everything")
    void isNewReno() {
        assertSame();
        round(50 * MICROSECOND);
        round(50 * MICROSECOND);
        assertSame();
        adaptive.onLoss();
        newReno.onLoss();
        assertSame();
        round(900 * MICROSECOND);
        assertSame();
        adaptive.saveForUndo();
        newReno.saveForUndo();
        adaptive.onTimeout();
        newReno.onTimeout();
        assertSame();
        adaptive.undoTimeouts();
        newReno.undoTimeouts();
        assertSame();
        adaptive.onIdle(1);
        newReno.onIdle(1);
        assertSame();
    }

    @Test
    @DisplayName("on a longer one it is BBR, to which a loss is none of itself")
    void isBbr() {
        round(20 * MILLISECOND);
        long before = adaptive.cwnd();
        adaptive.onLoss();
        assertEquals(before, adaptive.cwnd());
        newReno.onLoss();
        assertNotEquals(newReno.cwnd(), adaptive.cwnd());
    }

    @Test
    @DisplayName("a queue that stands on a short path for long does not make it BBR; a longer path does")
    void knowsAnotherPath() {
        round(50 * MICROSECOND);
        for (int i = 0; i < 10_000; i++) {
            round(5 * MILLISECOND);
        }
        assertSame();
        for (int i = 0; i < 500; i++) {
            round(50 * MILLISECOND);
        }
        long before = adaptive.cwnd();
        adaptive.onLoss();
        assertEquals(before, adaptive.cwnd());
    }

    @Test
    @DisplayName("beside a queue that stands whatever room is made it is NewReno, until a loss without a queue")
    void competes() {
        for (int i = 0; i < 200; i++) {
            round(100 * MILLISECOND);
        }
        for (int i = 0; i < 200 && adaptive.ssthresh() == Long.MAX_VALUE; i++) {
            round(150 * MILLISECOND);
        }
        long before = adaptive.cwnd();
        assertEquals(before - 1, adaptive.ssthresh());
        adaptive.onLoss();
        assertEquals(Math.max(before / 2, 4 * PACKET), adaptive.cwnd());
        round(100 * MILLISECOND);
        round(100 * MILLISECOND);
        adaptive.onLoss();
        round(100 * MILLISECOND);
        assertEquals(Long.MAX_VALUE, adaptive.ssthresh());
    }
}
