package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SlowReaderTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long DELAY = SECOND / 100;
    private static final int WINDOW = 256 * 1024;
    private static final int MESSAGES = 200;
    private static final int SIZE = 10_000;

    private final SimulatedPair pair = pair();

    @Test
    void stopsTheSenderAndLetsItGoOnAtOnce() {
        pair.a.connect(pair.now());
        assertTrue(pair.runUntil(() -> pair.a.isConnected() && pair.z.isConnected(), pair.now() + SECOND));
        pair.z.readsSlowly(true, pair.now());
        for (int i = 0; i < MESSAGES; i++) {
            byte[] content = new byte[SIZE];
            content[0] = (byte) i;
            assertTrue(pair.a.send(1, 53, content, SctpSendOptions.RELIABLE_ORDERED, pair.now()));
        }
        pair.runUntil(() -> false, pair.now() + 30 * SECOND);
        long held = pair.z.association().metrics().heldBytes();
        assertTrue(held <= WINDOW + 2_000 && held > WINDOW * 9 / 10, () -> "held while nobody reads: " + held);
        assertEquals(0, pair.ledgerOfA.delivered());

        // Probing may have backed off to many seconds: it is the window update that counts.
        pair.z.readsSlowly(false, pair.now());
        long began = pair.now();
        assertTrue(pair.runUntil(() -> pair.ledgerOfA.delivered() == MESSAGES, began + 60 * SECOND));
        assertTrue(pair.now() - began < SECOND, () -> "took " + (pair.now() - began) / 1e9 + " s");
    }

    private static SimulatedPair pair() {
        LinkConditions good = new LinkConditions(0, 0, 1, 0, 0, 0, DELAY, 0, 0, 0, 1500);
        SctpOptions options = SctpOptions.builder().receiveWindow(WINDOW).build();
        return new SimulatedPair(options, options, good, good, new SplittableRandom(1));
    }
}
