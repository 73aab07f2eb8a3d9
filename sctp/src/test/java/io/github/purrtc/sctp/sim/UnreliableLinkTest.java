package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Other stacks' stalls under loss, as they were reported. */
class UnreliableLinkTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;

    @Test
    @DisplayName(
            "pion #106, pion #138, webrtc #1270, C152: unordered, never sent twice, 20 % loss; no window leaks away")
    void windowReturnsAfterManyAbandonedMessages() {
        SimulatedPair pair = connected(0.2, 10 * MILLI, 256 * 1024);
        SctpSendOptions once = new SctpSendOptions(true, 0, -1);
        long window = pair.a.association().metrics().peerWindow();
        for (int i = 0; i < 20_000; i++) {
            while (!pair.a.send(i % 7, 53, message(i, 100 + i % 3_000), once, pair.now())) {
                pair.runUntil(() -> false, pair.now() + 10 * MILLI);
            }
            if (i % 20 == 0) {
                pair.runUntil(() -> false, pair.now() + 5 * MILLI);
            }
        }
        pair.heal();
        assertTrue(pair.runUntil(pair.a::isIdle, pair.now() + 60 * SECOND));
        send(pair, 0, 20_000, 10, SctpSendOptions.RELIABLE_ORDERED);
        assertTrue(pair.runUntil(pair.a::isIdle, pair.now() + SECOND));
        assertEquals(0, pair.z.association().metrics().heldBytes());
        assertEquals(window, pair.a.association().metrics().peerWindow());
        assertFalse(pair.a.hasEnded() || pair.z.hasEnded());
        assertTrue(pair.ledgerOfA.delivered() > 10_000);
    }

    @Test
    @DisplayName("pion and usrsctp, 4 and 10 % loss: ordered and unordered, reliable and not, on the same streams")
    void mixedReliabilityUnderLoss() {
        for (double loss : new double[] {0.04, 0.1}) {
            SimulatedPair pair = connected(loss, 20 * MILLI, 1 << 20);
            SctpSendOptions[] kinds = {
                SctpSendOptions.RELIABLE_ORDERED,
                SctpSendOptions.RELIABLE_UNORDERED,
                new SctpSendOptions(false, 0, -1),
                new SctpSendOptions(true, 1, -1),
                new SctpSendOptions(false, -1, 50 * MILLI)
            };
            for (int i = 0; i < 500; i++) {
                send(pair, i % 3, i, 8 + i * 37 % 8_000, kinds[i % kinds.length]);
                pair.runUntil(() -> false, pair.now() + 5 * MILLI);
            }
            assertSettles(pair, 120 * SECOND);
        }
    }

    @Test
    @DisplayName("usrsctp #492: 256 KiB messages stalled when a retransmission was lost")
    void largeMessagesWhoseRetransmissionsAreLost() {
        SimulatedPair pair = connected(0.05, 10 * MILLI, 1 << 20);
        for (int i = 0; i < 20; i++) {
            send(pair, 1, i, 256 * 1024, SctpSendOptions.RELIABLE_ORDERED);
        }
        assertSettles(pair, 120 * SECOND);
    }

    @Test
    @DisplayName("usrsctp #137: many streams over next to no round trip stalled")
    void manyStreamsOverAShortPath() {
        SimulatedPair pair = connected(0, MILLI / 20, 1 << 20);
        for (int i = 0; i < 512; i++) {
            while (!pair.a.send(i % 32, 53, message(i, 32 * 1024), SctpSendOptions.RELIABLE_ORDERED, pair.now())) {
                pair.runUntil(() -> false, pair.now() + MILLI);
            }
        }
        assertSettles(pair, 5 * SECOND);
    }

    private static void send(SimulatedPair pair, int stream, int number, int size, SctpSendOptions options) {
        assertTrue(pair.a.send(stream, 53, message(number, size), options, pair.now()));
    }

    private static byte[] message(int number, int size) {
        byte[] content = new byte[size];
        ByteBuffer.wrap(content).putLong(0, number);
        return content;
    }

    private static void assertSettles(SimulatedPair pair, long withinNanos) {
        assertTrue(
                pair.runUntil(() -> pair.a.isIdle() && pair.ledgerOfA.isSettled(), pair.now() + withinNanos),
                () -> pair.a.story() + System.lineSeparator() + pair.z.story());
        assertFalse(pair.a.hasEnded() || pair.z.hasEnded());
    }

    private static SimulatedPair connected(double loss, long delayNanos, long window) {
        LinkConditions conditions = new LinkConditions(loss, 0, 1, 0, 0, 0, delayNanos, 0, 0, 0, 1500);
        SctpOptions options = SctpOptions.builder()
                .receiveWindow(window)
                .sendBufferLimit(32 << 20)
                .associationMaxRetransmits(1_000)
                .build();
        SimulatedPair pair = new SimulatedPair(options, options, conditions, conditions, new SplittableRandom(1));
        pair.a.connect(pair.now());
        assertTrue(pair.runUntil(() -> pair.a.isConnected() && pair.z.isConnected(), pair.now() + 60 * SECOND));
        return pair;
    }
}
