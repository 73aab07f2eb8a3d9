package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CubicTest {
    private static final int PACKET = 1_000;
    private static final long SECOND = 1_000_000_000L;

    private final Cubic cubic = new Cubic(PACKET, 100);
    private long now = SECOND;

    @Test
    @DisplayName("RFC 9438 §4.6: a loss leaves 0.7 of the window, and never less than four packets")
    void cutsByBeta() {
        cubic.onLoss();
        assertEquals(70 * PACKET, cubic.cwnd());
        assertEquals(70 * PACKET, cubic.ssthresh());
        for (int i = 0; i < 50; i++) {
            cubic.onLoss();
        }
        assertEquals(4 * PACKET, cubic.cwnd());
    }

    @Test
    @DisplayName("RFC 9438 §4.2: concave to the old window, which it reaches after K = cbrt(30 / 0.4) s, then convex")
    void followsTheCubicFunction() {
        cubic.onLoss();
        cubic.onCumulativeAck(PACKET, true, false, now, SECOND / 10);
        long epoch = now;
        double k = Math.cbrt(30 / 0.4);
        long previous = cubic.cwnd();
        for (double seconds = 0.1; seconds < 12; seconds += 0.1) {
            now = epoch + (long) (seconds * SECOND);
            // One round trip of 100 ms: a window acknowledged in tens of packets.
            long left = cubic.cwnd();
            for (; left > 0; left -= 10 * PACKET) {
                cubic.onCumulativeAck(Math.min(left, 10 * PACKET), true, false, now, SECOND / 10);
            }
            double expected = 0.4 * Math.pow(seconds + 0.1 - k, 3) + 100;
            assertEquals(expected, (double) cubic.cwnd() / PACKET, 4 + expected / 20, "after " + seconds + " s");
            assertTrue(cubic.cwnd() >= previous);
            previous = cubic.cwnd();
        }
        assertTrue(cubic.cwnd() > 200 * PACKET);
    }

    @Test
    @DisplayName("RFC 9438 §4.7: who loses before the old window is reached gives way")
    void convergesFast() {
        cubic.onLoss();
        cubic.onLoss();
        assertEquals(49 * PACKET, cubic.cwnd());
        // W_max is now 70 * 0.85, not 70: the window is flat there.
        assertEquals(59.5, plateau(), 1.5);
    }

    @Test
    @DisplayName("RFC 9438 §4.3: on a short path it is no slower than Reno")
    void isFriendlyToReno() {
        NewReno reno = new NewReno(PACKET, 20);
        Cubic friendly = new Cubic(PACKET, 20);
        reno.onLoss();
        friendly.onLoss();
        for (int round = 0; round < 400; round++) {
            now += SECOND / 1_000;
            ackWindow(reno);
            ackWindow(friendly);
        }
        assertTrue(friendly.cwnd() >= reno.cwnd() * 4 / 5, friendly.cwnd() + " against " + reno.cwnd());
        assertTrue(friendly.cwnd() <= reno.cwnd() * 5 / 4, friendly.cwnd() + " against " + reno.cwnd());
    }

    @Test
    @DisplayName("RFC 9438 §4.8: after a timeout slow start to 0.7, and from there with K = 0")
    void beginsAnewAfterATimeout() {
        cubic.onTimeout();
        assertEquals(PACKET, cubic.cwnd());
        assertEquals(70 * PACKET, cubic.ssthresh());
        while (cubic.cwnd() <= cubic.ssthresh()) {
            cubic.onCumulativeAck(cubic.cwnd(), true, false, now, SECOND / 10);
        }
        long start = cubic.cwnd();
        now += SECOND;
        cubic.onCumulativeAck(start, true, false, now, SECOND / 10);
        now += SECOND;
        ackWindow(cubic);
        // 0.4 t³ packets: next to nothing at first.
        assertTrue(cubic.cwnd() < start + 8 * PACKET, "from " + start + " to " + cubic.cwnd());
    }

    @Test
    @DisplayName("RFC 9438 §5.8: the time in which the application has nothing to send does not open the window")
    void standsStillWithTheApplication() {
        cubic.onLoss();
        cubic.onCumulativeAck(PACKET, true, false, now, SECOND / 10);
        for (int i = 0; i < 600; i++) {
            now += SECOND / 10;
            cubic.onCumulativeAck(PACKET, false, false, now, SECOND / 10);
        }
        long idle = cubic.cwnd();
        ackWindow(cubic);
        assertTrue(cubic.cwnd() - idle < 5 * PACKET, "grew by " + (cubic.cwnd() - idle));
    }

    @Test
    @DisplayName("C122, C126 no growth in recovery; one SACK, however large, opens the window to 1.5 times at most")
    void isBounded() {
        cubic.onLoss();
        cubic.onCumulativeAck(50 * PACKET, true, true, now, SECOND / 10);
        assertEquals(70 * PACKET, cubic.cwnd());
        cubic.onCumulativeAck(PACKET, true, false, now, SECOND / 10);
        long before = cubic.cwnd();
        now += 3_600 * SECOND;
        cubic.onCumulativeAck(1_000_000L * PACKET, true, false, now, SECOND / 10);
        assertTrue(cubic.cwnd() <= before * 3 / 2 + PACKET);
    }

    @Test
    @DisplayName("C123 idle: the window halves each timeout, and the time asleep does not open it")
    void decays() {
        cubic.onIdle(2);
        assertEquals(25 * PACKET, cubic.cwnd());
        assertEquals(100 * PACKET, cubic.ssthresh());
        cubic.onIdle(1_000);
        assertEquals(4 * PACKET, cubic.cwnd());
    }

    private void ackWindow(CongestionControl control) {
        for (long left = control.cwnd(); left > 0; left -= PACKET) {
            control.onCumulativeAck(PACKET, true, false, now, SECOND / 1_000);
        }
    }

    /** Where the window stands when it has grown least in a second. */
    private double plateau() {
        long least = Long.MAX_VALUE;
        double where = 0;
        for (int i = 0; i < 60; i++) {
            long before = cubic.cwnd();
            now += SECOND / 5;
            ackWindow(cubic);
            if (i > 0 && cubic.cwnd() - before < least) {
                least = cubic.cwnd() - before;
                where = (double) cubic.cwnd() / PACKET;
            }
        }
        return where;
    }
}
