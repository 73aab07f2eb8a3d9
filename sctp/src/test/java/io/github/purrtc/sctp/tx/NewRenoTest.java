package io.github.purrtc.sctp.tx;

import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NewRenoTest {
    private static final int PACKET = 1_000;

    private final NewReno reno = new NewReno(PACKET, 10);

    @Test
    @DisplayName("C118 the initial window is so many packets as the options say")
    void begins() {
        assertEquals(10 * PACKET, reno.cwnd());
        assertEquals(Long.MAX_VALUE, reno.ssthresh());
    }

    @Test
    @DisplayName("C119 slow start: by what was acknowledged, only if the window was full, and not in fast recovery")
    void slowStart() {
        ack(3 * PACKET, true, false);
        assertEquals(13 * PACKET, reno.cwnd());
        ack(3 * PACKET, false, false);
        ack(3 * PACKET, true, true);
        assertEquals(13 * PACKET, reno.cwnd());
    }

    @Test
    @DisplayName("C120 congestion avoidance: one packet for each window acknowledged, by partial_bytes_acked")
    void avoidsCongestion() {
        reno.onLoss();
        ack(PACKET, true, false);
        // From here on cwnd is above ssthresh.
        long cwnd = reno.cwnd();
        assertEquals(6 * PACKET, cwnd);
        for (int i = 0; i < 5; i++) {
            ack(PACKET, true, false);
            assertEquals(cwnd, reno.cwnd());
        }
        ack(PACKET + 500, true, false);
        assertEquals(cwnd + PACKET, reno.cwnd());
        // 500 bytes are left over: 6,500 more make a window of 7,000.
        ack(6_499, true, false);
        assertEquals(cwnd + PACKET, reno.cwnd());
        ack(1, true, false);
        assertEquals(cwnd + 2 * PACKET, reno.cwnd());
    }

    @Test
    @DisplayName(
            "C120 what was acknowledged while the window was not full counts for one packet at most; all acknowledged, for none")
    void capsPartialBytes() {
        reno.onLoss();
        ack(PACKET, true, false);
        long cwnd = reno.cwnd();
        ack(100 * PACKET, false, false);
        assertEquals(cwnd, reno.cwnd());
        ack(1, true, false);
        assertEquals(cwnd + PACKET, reno.cwnd());
        ack(cwnd, true, false);
        reno.onAllAcked();
        ack(PACKET, true, false);
        assertEquals(cwnd + PACKET, reno.cwnd());
    }

    @Test
    @DisplayName("C113, C122 half the window, four packets at least; after a timeout one packet")
    void cuts() {
        reno.onLoss();
        assertEquals(List.of(5L * PACKET, 5L * PACKET), List.of(reno.cwnd(), reno.ssthresh()));
        reno.onTimeout();
        assertEquals(List.of((long) PACKET, 4L * PACKET), List.of(reno.cwnd(), reno.ssthresh()));
    }

    @Test
    @DisplayName("C123 idle: halved for each timeout, not below four packets; ssthresh remembers")
    void decays() {
        reno.onIdle(1);
        assertEquals(List.of(5L * PACKET, 10L * PACKET), List.of(reno.cwnd(), reno.ssthresh()));
        reno.onIdle(Long.MAX_VALUE);
        assertEquals(4 * PACKET, reno.cwnd());
    }

    @Property(tries = 500)
    @Label("C126 however the acknowledgements are split, the window grows by no more than what they acknowledge")
    void isBoundByBytes(
            @ForAll @Size(max = 200) List<@IntRange(min = 1, max = 3_000) Integer> acks, @ForAll boolean cubic) {
        CongestionControl control = cubic ? new Cubic(PACKET, 10) : new NewReno(PACKET, 10);
        long now = 1;
        for (int i = 0; i < acks.size(); i++) {
            if (i % 50 == 49) {
                control.onLoss();
            }
            long before = control.cwnd();
            now += 10_000_000;
            control.onCumulativeAck(acks.get(i), true, false, now, 50_000_000);
            assertTrue(control.cwnd() - before <= Math.max(acks.get(i), PACKET));
            assertTrue(control.cwnd() >= before);
        }
    }

    private void ack(long bytes, boolean full, boolean recovering) {
        reno.onCumulativeAck(bytes, full, recovering, 1, 1);
    }
}
