package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;

import java.nio.ByteBuffer;
import java.util.function.IntToLongFunction;

import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Messages that are sent, in chunks of the same length, and what SACKs say of them. */
final class SentData {
    static final long FIRST = 1L << 32;
    static final int LENGTH = 10;

    final SendQueue queue = new SendQueue(1 << 20, StreamScheduling.ROUND_ROBIN, event -> {});
    final OutstandingData data = new OutstandingData(queue, FIRST);
    final Acknowledgements acknowledgements = new Acknowledgements(data);

    /** Sends so many chunks, the one of each index at its time. */
    void send(int chunks, IntToLongFunction sentAtNanos) {
        queue.add(1, 51, ByteBuffer.allocate(chunks * LENGTH), SctpSendOptions.RELIABLE_ORDERED, 0);
        OutgoingMessage message = queue.next();
        assertNotNull(message);
        for (int i = 0; i < chunks; i++) {
            data.setSentAt(data.add(message, message.cut, LENGTH), sentAtNanos.applyAsLong(i));
            queue.onCut(message, LENGTH);
        }
    }

    SackOutcome sack(long cumulative, int... gapAckBlocks) {
        SackOutcome outcome = acknowledgements.handleSack(cumulative, SackViews.of(cumulative, gapAckBlocks), false);
        assertNotNull(outcome);
        return outcome;
    }

    /** Gap ack blocks, so many of them, each of one TSN, the first behind one that is missing. */
    static int[] everySecond(int blocks) {
        int[] flat = new int[2 * blocks];
        for (int i = 0; i < flat.length; i++) {
            flat[i] = 2 * (i / 2 + 1);
        }
        return flat;
    }
}
