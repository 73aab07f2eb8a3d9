package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A path whose MTU changes under a transfer, and tells nobody. */
class ChangingMtuTest {
    private static final long MILLI = 1_000_000L;
    private static final long SECOND = 1_000 * MILLI;
    private static final int BASE = 1_160;
    private static final int[] MTUS = {BASE, 1_300, 1_412, 1_600, 3_000, 8_912, 12_000, 16_384};

    @Test
    @DisplayName(
            "C132 whatever the MTU becomes, data goes on within seconds, and what is lost is sent again in packets that fit")
    void keepsGoing() {
        for (double loss : new double[] {0, 0.01}) {
            SimulatedPair pair = connected(loss);
            SplittableRandom random = new SplittableRandom(1);
            int changes = 0;
            int grew = 0;
            for (int round = 0; round < 60; round++) {
                int mtu = MTUS[random.nextInt(MTUS.length)];
                pair.aToZ.setMtu(mtu);
                changes++;
                long before = received(pair);
                send(pair, 40);
                assertTrue(
                        pair.runUntil(() -> received(pair) - before > 500_000, pair.now() + 20 * SECOND),
                        () -> "nothing moves at " + mtu + ": " + pair.a.story());
                // Long enough for the search to end, and to begin again.
                pair.runUntil(() -> false, pair.now() + random.nextLong(700 * SECOND));
                grew += mtu(pair) > BASE ? 1 : 0;
            }
            assertTrue(grew > changes / 4, "larger packets were found " + grew + " times");
            pair.heal();
            assertTrue(
                    pair.runUntil(() -> pair.a.isIdle() && pair.ledgerOfA.isSettled(), pair.now() + 60 * SECOND),
                    () -> pair.a.story());
            assertFalse(pair.a.hasEnded() || pair.z.hasEnded());
        }
    }

    private static void send(SimulatedPair pair, int messages) {
        for (int i = 0; i < messages; i++) {
            pair.a.send(i % 3, 53, new byte[20_000], SctpSendOptions.RELIABLE_UNORDERED, pair.now());
        }
    }

    private static long received(SimulatedPair pair) {
        return pair.z.association().metrics().userBytesReceived();
    }

    private static int mtu(SimulatedPair pair) {
        return pair.a.association().metrics().pathMtu();
    }

    private static SimulatedPair connected(double loss) {
        LinkConditions conditions = new LinkConditions(loss, 0, 1, 0, 0, 0, 5 * MILLI, 0, 0, 0, 16_384);
        SctpOptions options = SctpOptions.builder()
                .basePacketSize(BASE)
                .maxPacketSize(16_384)
                .associationMaxRetransmits(10)
                .build();
        SimulatedPair pair = new SimulatedPair(options, options, conditions, conditions, new SplittableRandom(1));
        pair.a.connect(pair.now());
        assertTrue(pair.runUntil(() -> pair.a.isConnected() && pair.z.isConnected(), pair.now() + 60 * SECOND));
        return pair;
    }
}
