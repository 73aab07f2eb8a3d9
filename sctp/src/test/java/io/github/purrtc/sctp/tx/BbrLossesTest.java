package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A path of 100 ms that holds 1,000 packets without a queue. */
class BbrLossesTest {
    private static final int PACKET = 1_000;
    private static final long MILLISECOND = 1_000_000L;
    private static final int WITHOUT_QUEUE = 100;
    private static final int WITH_QUEUE = 150;

    private final BbrPath path = new BbrPath();
    private final BbrLosses losses = new BbrLosses(PACKET);
    private final DeliverySample sample = new DeliverySample();

    @BeforeEach
    void knowThePath() {
        sample.bytesPerSecond = 1e4 * PACKET;
        sample.leastBytesPerSecond = sample.bytesPerSecond;
        assertFalse(areTooHigh(WITHOUT_QUEUE, 1, 0));
        losses.beginRound();
    }

    private boolean areTooHigh(int rttMillis, int ackedPackets, int lostPackets) {
        sample.nowNanos += rttMillis * MILLISECOND;
        sample.rttNanos = rttMillis * MILLISECOND;
        sample.ackedBytes = (long) ackedPackets * PACKET;
        sample.lostBytes = (long) lostPackets * PACKET;
        path.onSample(sample);
        losses.onSample(sample, path);
        return losses.areTooHigh(sample, path);
    }

    private void rounds(int count, int rttMillis, int lostPackets) {
        for (int i = 0; i < count; i++) {
            areTooHigh(rttMillis, 1_000 - lostPackets, lostPackets);
            losses.beginRound();
        }
    }

    private boolean areMoreThanOwn(int lostPackets) {
        return losses.areMoreThanOwn((long) lostPackets * PACKET, 1_000L * PACKET);
    }

    @Test
    @DisplayName("§5.5.10.2: more than 2 % of a round are too much, where there is a queue")
    void atAQueue() {
        assertFalse(areTooHigh(WITH_QUEUE, 980, 20));
        assertTrue(areTooHigh(WITH_QUEUE, 9, 1));
        assertFalse(areTooHigh(WITH_QUEUE, 9, 0));
        assertFalse(areTooHigh(WITHOUT_QUEUE, 1, 1));
    }

    @Test
    @DisplayName("a packet that is lost when a round has just begun is not")
    void notBeforeMuchWasSeen() {
        assertFalse(areTooHigh(WITH_QUEUE, 18, 1));
        assertTrue(areTooHigh(WITH_QUEUE, 0, 1));
    }

    @Test
    @DisplayName("a fifth of what the path holds is too much without a queue as well")
    void hopeless() {
        assertFalse(areTooHigh(WITHOUT_QUEUE, 10, 200));
        assertTrue(areTooHigh(WITHOUT_QUEUE, 10, 1));
    }

    @Test
    @DisplayName("a round in which hardly anything is sent does not make few losses hopeless")
    void littleSent() {
        assertFalse(areTooHigh(WITHOUT_QUEUE, 10, 100));
    }

    @Test
    @DisplayName("what the path loses without a queue is allowed for where there is one")
    void ownLosses() {
        rounds(20, WITHOUT_QUEUE, 30);
        // 30 are to be expected, by three deviations 46, and 2 % of all are 20.
        assertFalse(areTooHigh(WITH_QUEUE, 935, 65));
        assertTrue(areTooHigh(WITH_QUEUE, 0, 4));
        assertFalse(areMoreThanOwn(46));
        assertTrue(areMoreThanOwn(47));
    }

    @Test
    @DisplayName("on a path that loses nothing of itself each loss is others'")
    void noneOfItsOwn() {
        assertTrue(areMoreThanOwn(1), "before anything is known");
        rounds(20, WITHOUT_QUEUE, 0);
        assertTrue(areMoreThanOwn(1));
        assertFalse(areMoreThanOwn(0));
    }

    @Test
    @DisplayName("what is lost at a queue, or found in the round after it, is not the path's own")
    void atAQueueIsNotItsOwn() {
        rounds(20, WITHOUT_QUEUE, 0);
        for (int i = 0; i < 20; i++) {
            rounds(1, WITH_QUEUE, 100);
            rounds(1, WITHOUT_QUEUE, 100);
        }
        assertTrue(areMoreThanOwn(1));
        rounds(1, WITHOUT_QUEUE, 100);
        assertFalse(areMoreThanOwn(1));
    }

    @Test
    @DisplayName("old rounds are forgotten")
    void forgets() {
        rounds(20, WITHOUT_QUEUE, 100);
        assertFalse(areMoreThanOwn(100));
        rounds(60, WITHOUT_QUEUE, 0);
        assertTrue(areMoreThanOwn(1));
    }
}
