package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SendStatus;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What {@link DataFlow} tells of the packets of a pair. */
class BarePairTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;

    private final LinkConditions path = new LinkConditions(0, 0, 1, 0, 0, 0, 10 * MILLISECOND, 0, 0, 0, 1_500);
    private final BarePair pair = new BarePair(SctpOptions.defaults(), path, new SplittableRandom(1), taken -> {});
    private long now = SECOND;

    @Test
    @DisplayName("lost heartbeats are no tries, lost data is")
    void onlyDataCounts() {
        connect();
        // A /lost/ <- HEARTBEAT <- Z; A -> HEARTBEAT /lost/ Z
        long packets = pair.toZ.sentPackets();
        pair.toZ.addOutage(now, Long.MAX_VALUE);
        pair.toA.addOutage(now, Long.MAX_VALUE);
        runUntil(now + 90 * SECOND);
        assertTrue(pair.toZ.sentPackets() > packets);
        assertEquals(Long.MIN_VALUE, pair.flowToZ.lostAtNanos());
        // A -> DATA /lost/ Z
        send(100);
        pair.step(now);
        assertEquals(now, pair.flowToZ.lostAtNanos());
        assertEquals(Long.MIN_VALUE, pair.flowToA.lostAtNanos());
    }

    @Test
    @DisplayName("what the receiver lacks first is known by its SACK")
    void knowsTheFront() {
        connect();
        // A -> DATA /lost/ Z; A -> DATA -> Z; Z -> SACK -> A
        pair.toZ.addOutage(now, now + MILLISECOND);
        send(1_000);
        pair.step(now);
        long lostAt = now;
        now += 2 * MILLISECOND;
        int front = pair.flowToZ.front();
        send(1_000);
        runUntil(now + 12 * MILLISECOND);
        assertTrue(pair.flowToZ.hasGap());
        assertEquals(front, pair.flowToZ.front());
        assertEquals(lostAt, pair.flowToZ.lostAtNanos());
        runUntil(now + SECOND);
        assertFalse(pair.flowToZ.hasGap());
        assertEquals(front + 2, pair.flowToZ.front());
    }

    private void connect() {
        pair.a.connect(now);
        send(100);
        runUntil(now + SECOND);
        assertEquals(0, pair.a.sendBufferUsed());
    }

    private void send(int bytes) {
        assertEquals(
                SendStatus.QUEUED,
                pair.a.send(1, 53, ByteBuffer.allocate(bytes), SctpSendOptions.RELIABLE_ORDERED, now));
    }

    private void runUntil(long end) {
        pair.step(now);
        while (pair.next() < end) {
            now = Math.max(now, pair.next());
            pair.step(now);
        }
        now = end;
    }
}
