package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.internal.Deadline;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PacerTest {
    private static final int PACKET = 1000;
    private static final long MILLI = 1_000_000;

    private final Pacer pacer = new Pacer(PACKET);

    @Test
    @DisplayName("without a rate everything goes at once")
    void withoutARate() {
        for (int i = 0; i < 1000; i++) {
            assertTrue(pacer.isOpen(0));
            pacer.onSent(PACKET);
        }
        assertEquals(Deadline.NEVER, pacer.deadlineNanos());
    }

    @Test
    @DisplayName("100 MB/s for 100 ms: that many bytes, in bursts of no more than 1 ms, and no less than half of one")
    void keepsTheRate() {
        pacer.setRate(100_000_000, 0);
        long now = 0;
        long sent = 0;
        int bursts = 0;
        while (now < 100 * MILLI) {
            long burst = 0;
            while (pacer.isOpen(now)) {
                pacer.onSent(PACKET);
                burst += PACKET;
            }
            assertTrue(burst <= 100_000 && (burst >= 50_000 || bursts == 0), "a burst of " + burst);
            sent += burst;
            bursts++;
            assertTrue(pacer.deadlineNanos() > now);
            now = pacer.deadlineNanos();
        }
        assertTrue(Math.abs(sent - 10_000_000) <= 100_000, "sent " + sent);
    }

    @Test
    @DisplayName("a timer that is late does not make a burst longer")
    void isLate() {
        pacer.setRate(100_000_000, 0);
        while (pacer.isOpen(0)) {
            pacer.onSent(PACKET);
        }
        long now = 50 * MILLI;
        pacer.onTimeout(now);
        assertEquals(Deadline.NEVER, pacer.deadlineNanos());
        int packets = 0;
        while (pacer.isOpen(now)) {
            pacer.onSent(PACKET);
            packets++;
        }
        assertEquals(100, packets);
    }

    @Test
    @DisplayName("on a slow path a burst is two packets, and after idleness ten")
    void slowPaths() {
        pacer.setRate(10_000, 0);
        assertEquals(2 * PACKET, pacer.burstBytes());
        pacer.restart(0);
        int packets = 0;
        while (pacer.isOpen(0)) {
            pacer.onSent(PACKET);
            packets++;
        }
        assertEquals(10, packets);
        assertFalse(pacer.isOpen(99 * MILLI));
        assertTrue(pacer.isOpen(101 * MILLI));
    }
}
