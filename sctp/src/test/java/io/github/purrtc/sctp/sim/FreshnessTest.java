package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Messages that are worth nothing when they are old, over a path that loses one packet in ten: five minutes in virtual time. */
class FreshnessTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long DELAY = 25 * MILLISECOND;
    private static final long BYTES_PER_SECOND = 250_000;
    private static final int QUEUE = 12_500;
    private static final long DURATION = 300 * SECOND;
    private static final int MESSAGE = 500;

    private final long seed = Long.getLong("purrtc.seed", 11);
    private long now = SECOND;
    private long sent;
    private long delivered;
    private long oldestNanos;
    private long lastNanos;
    private long longestGapNanos;

    /** The last three send twice what the path carries. */
    @ParameterizedTest(
            name =
                    "{0}, unordered {1}, retransmissions {2}, lifetime {3} ms, one every {4} ms: {5} % within {6} ms, gaps {7} ms")
    @CsvSource({
        "NEW_RENO, true, 0, -1, 20, 85, 100, 500",
        "BBR, true, 0, -1, 20, 85, 100, 500",
        "NEW_RENO, false, 0, -1, 20, 85, 400, 500",
        "BBR, false, 0, -1, 20, 85, 400, 500",
        "NEW_RENO, true, -1, 200, 20, 95, 400, 500",
        "BBR, false, -1, 200, 20, 95, 600, 500",
        "NEW_RENO, false, -1, 200, 1, 10, 1500, 1000",
        "BBR, true, -1, 200, 1, 15, 600, 1000",
        "BBR, false, -1, 200, 1, 15, 1500, 1000",
    })
    void keepsDelivering(
            CongestionAlgorithm algorithm,
            boolean unordered,
            int retransmits,
            long lifetimeMillis,
            long intervalMillis,
            int leastPercent,
            long oldestMillis,
            long gapMillis) {
        LinkConditions path = new LinkConditions(0.1, 0, 1, 0, 0, 0, DELAY, 0, BYTES_PER_SECOND, QUEUE, 1_500);
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .maxInitRetransmits(1_000)
                .build();
        BarePair pair = new BarePair(options, path, new SplittableRandom(seed), this::take);
        long lifetimeNanos = lifetimeMillis < 0 ? -1 : lifetimeMillis * MILLISECOND;
        SctpSendOptions sending = new SctpSendOptions(unordered, retransmits, lifetimeNanos);
        pair.a.connect(now);
        pair.step(now);
        long end = now + DURATION;
        for (long sendNanos = now + 5 * SECOND; now < end; ) {
            now = Math.min(pair.next(), sendNanos);
            if (now == sendNanos) {
                send(pair, sending);
                sendNanos += intervalMillis * MILLISECOND;
            }
            pair.step(now);
        }
        long percent = 100 * delivered / sent;
        String found = delivered + " of " + sent + ", the oldest " + oldestNanos / MILLISECOND + " ms, longest gap "
                + longestGapNanos / MILLISECOND + " ms, seed " + seed + ", " + pair.a.metrics();
        assertTrue(percent >= leastPercent, found);
        assertTrue(oldestNanos <= oldestMillis * MILLISECOND, found);
        assertTrue(longestGapNanos <= gapMillis * MILLISECOND, found);
    }

    private void send(BarePair pair, SctpSendOptions sending) {
        pair.a.send(1, 53, ByteBuffer.allocate(MESSAGE).putLong(0, now), sending, now);
        sent++;
        lastNanos = lastNanos == 0 ? now : lastNanos;
    }

    private void take(SctpMessage message) {
        delivered++;
        oldestNanos = Math.max(oldestNanos, now - message.payload().getLong(0));
        longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
        lastNanos = now;
    }
}
