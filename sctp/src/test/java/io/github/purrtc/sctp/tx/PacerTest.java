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
    @DisplayName("timers that are late by milliseconds leave the rate what it is")
    void isLate() {
        pacer.setRate(100_000_000, 0);
        long sent = 0;
        for (long now = 0; now < 100 * MILLI; now = pacer.deadlineNanos() + 4 * MILLI) {
            pacer.onTimeout(now);
            sent += sendAll(now) * PACKET;
        }
        assertTrue(Math.abs(sent - 10_000_000) <= 500_000, "sent " + sent);
    }

    @Test
    @DisplayName("a timer that is late by far makes a burst of 16 ms, and none where nothing waited")
    void isLateByFar() {
        pacer.setRate(100_000_000, 0);
        sendAll(0);
        pacer.onTimeout(500 * MILLI);
        assertEquals(Deadline.NEVER, pacer.deadlineNanos());
        assertEquals(1_700, sendAll(500 * MILLI));
        pacer.stop();
        assertEquals(100, sendAll(1_000 * MILLI));
    }

    private int sendAll(long nowNanos) {
        int packets = 0;
        while (pacer.isOpen(nowNanos)) {
            pacer.onSent(PACKET);
            packets++;
        }
        return packets;
    }

    @Test
    @DisplayName("a timer that is late by 4 ms finds what it has missed, and the half burst it was for")
    void isLateByLittle() {
        pacer.setRate(100_000_000, 0);
        sendAll(0);
        pacer.isOpen(MILLI);
        sendAll(MILLI);
        long due = pacer.deadlineNanos();
        assertEquals(451, sendAll(due + 4 * MILLI));
    }

    @Test
    @DisplayName("what was earned was earned at the rate before")
    void changesItsRate() {
        pacer.setRate(1_000_000, 0);
        pacer.restart(0);
        sendAll(0);
        pacer.setRate(1_000_000_000, 2 * MILLI);
        assertFalse(pacer.isOpen(2 * MILLI));
        assertTrue(pacer.isOpen(3 * MILLI));
    }

    @Test
    @DisplayName("on a slow path a burst is two packets, and after idleness ten")
    void slowPaths() {
        pacer.setRate(10_000, 0);
        assertEquals(2 * PACKET, pacer.burstBytes());
        pacer.restart(0);
        assertEquals(10, sendAll(0));
        assertFalse(pacer.isOpen(99 * MILLI));
        assertTrue(pacer.isOpen(101 * MILLI));
    }
}
