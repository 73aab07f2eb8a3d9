package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ChunkRingTest {
    private static final int FEW = 8;
    private static final int MANY = 5_000;

    private final SendQueue queue = new SendQueue(1 << 30, StreamScheduling.ROUND_ROBIN, event -> {});
    private final OutstandingData outstanding = new OutstandingData(queue, 1);
    private final Acknowledgements acknowledgements = new Acknowledgements(outstanding);

    private int capacity() {
        return outstanding.chunks().states.length;
    }

    private void send(int chunks) {
        for (int i = 0; i < chunks; i++) {
            queue.add(1, 53, ByteBuffer.allocate(1 + i % 100), SctpSendOptions.RELIABLE_ORDERED, 0);
            OutgoingMessage message = queue.next();
            assertNotNull(message);
            long tsn = outstanding.add(message, 0, message.length);
            outstanding.setSentAt(tsn, i);
            queue.onCut(message, message.length);
        }
    }

    private void acknowledgeAll() {
        acknowledgements.handleCumulativeAck(outstanding.nextTsn() - 1);
        assertEquals(0, outstanding.inFlightBytes());
    }

    @Test
    void isSmallBeforeMuchIsSentAndAfterIdleness() {
        assertTrue(capacity() <= FEW);
        send(MANY);
        assertTrue(capacity() >= MANY);

        outstanding.onIdle();
        assertTrue(capacity() >= MANY, "what is outstanding stays");
        acknowledgeAll();
        outstanding.onIdle();
        assertTrue(capacity() <= FEW);

        send(MANY);
        ChunkRing chunks = outstanding.chunks();
        assertEquals(MANY - 1, chunks.lastSentAtNanos[chunks.index(outstanding.nextTsn() - 1)]);
        acknowledgeAll();
        assertEquals(0, queue.used());
    }
}
