package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OutstandingDataTest {
    private static final long FIRST = 1L << 32;
    private static final int LENGTH = 10;
    private static final int MOST_CHUNKS = 65_535;
    private static final long MILLI = 1_000_000;

    private final SendQueue queue = new SendQueue(1 << 20, StreamScheduling.ROUND_ROBIN, event -> {});
    private final OutstandingData data = new OutstandingData(queue, FIRST);

    @Test
    @DisplayName("no more is outstanding than gap ack blocks reach: 65,535 chunks")
    void isFull() {
        add(MOST_CHUNKS - 1, 1, 0);
        assertFalse(data.isFull());
        add(1, 1, 0);
        assertTrue(data.isFull());
        data.onAcked(FIRST);
        data.removeFirst();
        assertFalse(data.isFull());
    }

    @Test
    @DisplayName(
            "what is lost is counted, due again from the lowest on, and under way again when it was not lost after all")
    void losses() {
        add(4, LENGTH, 0);
        data.markForRetransmission(FIRST + 2);
        data.markForRetransmission(FIRST + 1);
        assertEquals(2 * LENGTH, data.lostBytes());
        assertEquals(2, data.toRetransmit());
        assertEquals(2 * LENGTH, data.inFlightBytes());
        assertEquals(FIRST + 1, data.nextToRetransmit());
        data.onRetransmitted(FIRST + 1, 0);
        assertEquals(FIRST + 2, data.nextToRetransmit());
        data.markForRetransmission(FIRST + 3);
        data.unmarkLost();
        assertEquals(0, data.toRetransmit());
        assertEquals(4 * LENGTH, data.inFlightBytes());
        assertEquals(3 * LENGTH, data.lostBytes());
    }

    @Test
    @DisplayName("the highest TSN in flight is what a probe carries; there may be none")
    void theLastInFlight() {
        assertEquals(-1, data.lastInFlight());
        add(4, LENGTH, 0);
        assertEquals(FIRST + 3, data.lastInFlight());
        data.onAcked(FIRST + 3);
        data.markForRetransmission(FIRST + 2);
        assertEquals(FIRST + 1, data.lastInFlight());
        data.onAcked(FIRST + 1);
        data.onAcked(FIRST);
        assertEquals(-1, data.lastInFlight());
    }

    @Test
    @DisplayName("a probe is one more transmission, and timed as one")
    void probed() {
        add(2, LENGTH, 0);
        data.setWithReceipt(FIRST + 1);
        data.onProbed(FIRST + 1, 7);
        int i = data.chunks().index(FIRST + 1);
        assertEquals(2, data.transmissions(FIRST + 1));
        assertEquals(7, data.chunks().lastSentAtNanos[i]);
        assertFalse(data.chunks().withReceipt[i]);
        assertEquals(2 * LENGTH, data.inFlightBytes());
    }

    @Test
    @DisplayName("deliveries are measured from when nothing was under way, also where it is sent again or as a probe")
    void measuresFromNothing() {
        add(2, LENGTH, 5 * MILLI);
        assertEquals(5 * MILLI, firstSentAt(FIRST + 1));
        data.setSentAt(FIRST + 1, 6 * MILLI);
        assertEquals(5 * MILLI, firstSentAt(FIRST + 1), "something was");
        data.markAllForRetransmission();
        data.onRetransmitted(FIRST, 9 * MILLI);
        assertEquals(9 * MILLI, firstSentAt(FIRST));
        data.onRetransmitted(FIRST + 1, 10 * MILLI);
        assertEquals(9 * MILLI, firstSentAt(FIRST + 1));
        acknowledge(FIRST, 20 * MILLI);
        data.onProbed(FIRST + 1, 30 * MILLI);
        assertEquals(20 * MILLI, data.chunks().deliveredAtNanos[data.chunks().index(FIRST + 1)]);
    }

    private long firstSentAt(long tsn) {
        return data.chunks().firstSentAtNanos[data.chunks().index(tsn)];
    }

    private void acknowledge(long tsn, long nowNanos) {
        SackOutcome outcome = new SackOutcome();
        outcome.clear();
        outcome.bytesAcked = data.length(tsn);
        data.onAcked(tsn);
        data.removeFirst();
        data.rate().onSack(outcome, 0, data.inFlightBytes(), 0, nowNanos);
    }

    private void add(int chunks, int length, long nowNanos) {
        queue.add(1, 51, ByteBuffer.allocate(chunks * length), SctpSendOptions.RELIABLE_ORDERED, 0);
        OutgoingMessage message = queue.next();
        assertNotNull(message);
        for (int i = 0; i < chunks; i++) {
            data.setSentAt(data.add(message, message.cut, length), nowNanos);
            queue.onCut(message, length);
        }
    }
}
