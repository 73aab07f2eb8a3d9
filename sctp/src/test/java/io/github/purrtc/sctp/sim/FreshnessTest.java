package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Messages that are worth nothing when they are old, over a path that loses one packet in ten, each on its own or all for a while: five
 * minutes in virtual time, with the bound of back-off that data channels have.
 */
class FreshnessTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final long DELAY = 25 * MILLISECOND;
    private static final long BYTES_PER_SECOND = 250_000;
    private static final int QUEUE = 12_500;
    private static final long DURATION = 300 * SECOND;
    private static final int MESSAGE = 500;
    private static final double LOSS = 0.1;

    private final long seed = Long.getLong("purrtc.seed", 11);
    private final SplittableRandom random = new SplittableRandom(seed);
    private long now = SECOND;
    private long sent;
    private final long[] agesNanos = new long[(int) (DURATION / MILLISECOND)];
    private int delivered;
    private long oldestNanos;
    private long lastNanos;
    private long longestGapNanos;

    /**
     * The last three of each kind of losses send twice what the path carries. What has no lifetime may wait for as long as a burst takes, and
     * several bursts in a row may each meet the one packet that T3-rtx sends.
     */
    @ParameterizedTest(
            name =
                    "{0}, losses in bursts of {1} ms, unordered {2}, retransmissions {3}, lifetime {4} ms, one every {5} ms: {6} %, 99 % of them within {7} ms, all within {8} ms, gaps {9} ms")
    @CsvSource({
        "NEW_RENO, 0, true, 0, -1, 20, 85, 50, 100, 500",
        "BBR, 0, true, 0, -1, 20, 85, 50, 100, 500",
        "NEW_RENO, 0, false, 0, -1, 20, 85, 100, 400, 500",
        "BBR, 0, false, 0, -1, 20, 85, 100, 400, 500",
        "NEW_RENO, 0, true, -1, 200, 20, 95, 200, 400, 500",
        "BBR, 0, false, -1, 200, 20, 95, 200, 600, 500",
        "NEW_RENO, 0, false, -1, 200, 1, 10, 350, 1500, 1000",
        "BBR, 0, true, -1, 200, 1, 15, 300, 600, 1000",
        "BBR, 0, false, -1, 200, 1, 15, 350, 1500, 1000",
        "NEW_RENO, 100, true, 0, -1, 20, 85, 2000, 5000, 5000",
        "BBR, 100, true, 0, -1, 20, 85, 2000, 5000, 5000",
        "NEW_RENO, 100, false, 0, -1, 20, 85, 2000, 5000, 5000",
        "BBR, 100, false, 0, -1, 20, 85, 2000, 5000, 5000",
        "NEW_RENO, 100, true, -1, 200, 20, 85, 250, 400, 5000",
        "BBR, 100, false, -1, 200, 20, 85, 400, 5000, 5000",
        "NEW_RENO, 100, false, -1, 200, 1, 10, 500, 5000, 5000",
        "BBR, 100, true, -1, 200, 1, 15, 350, 600, 5000",
        "BBR, 100, false, -1, 200, 1, 15, 400, 5000, 5000",
    })
    void keepsDelivering(
            CongestionAlgorithm algorithm,
            long burstMillis,
            boolean unordered,
            int retransmits,
            long lifetimeMillis,
            long intervalMillis,
            int leastPercent,
            long mostlyMillis,
            long oldestMillis,
            long gapMillis) {
        SctpOptions options = SctpOptions.builder()
                .congestionControl(algorithm)
                .maxInitRetransmits(1_000)
                .maxRtoBackoff(2)
                .build();
        LinkConditions path = new LinkConditions(
                burstMillis == 0 ? LOSS : 0, 0, 1, 0, 0, 0, DELAY, 0, BYTES_PER_SECOND, QUEUE, 1_500);
        BarePair pair = new BarePair(options, path, random.split(), this::take);
        loseInBursts(pair.toZ, burstMillis);
        loseInBursts(pair.toA, burstMillis);
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
        long mostlyNanos = percentile99();
        String found = delivered + " of " + sent + ", 99 % within " + mostlyNanos / MILLISECOND + " ms, the oldest "
                + oldestNanos / MILLISECOND + " ms, longest gap " + longestGapNanos / MILLISECOND + " ms, seed " + seed
                + ", " + pair.a.metrics();
        assertTrue(percent >= leastPercent, found);
        assertTrue(mostlyNanos <= mostlyMillis * MILLISECOND, found);
        assertTrue(oldestNanos <= oldestMillis * MILLISECOND, found);
        assertTrue(longestGapNanos <= gapMillis * MILLISECOND, found);
    }

    /** After Gilbert, in time: a burst ends whether packets are sent or not. */
    private void loseInBursts(SimulatedLink link, long meanMillis) {
        if (meanMillis == 0) {
            return;
        }
        double mean = meanMillis * MILLISECOND;
        for (long at = now + SECOND; at < now + DURATION; ) {
            at += (long) (exponential() * mean * (1 - LOSS) / LOSS);
            long until = at + (long) (exponential() * mean);
            link.addOutage(at, until);
            at = until;
        }
    }

    private double exponential() {
        return -Math.log(1 - random.nextDouble());
    }

    private long percentile99() {
        Arrays.sort(agesNanos, 0, delivered);
        return agesNanos[delivered * 99 / 100];
    }

    private void send(BarePair pair, SctpSendOptions sending) {
        pair.a.send(1, 53, ByteBuffer.allocate(MESSAGE).putLong(0, now), sending, now);
        sent++;
        lastNanos = lastNanos == 0 ? now : lastNanos;
    }

    private void take(SctpMessage message) {
        long ageNanos = now - message.payload().getLong(0);
        agesNanos[delivered++] = ageNanos;
        oldestNanos = Math.max(oldestNanos, ageNanos);
        longestGapNanos = Math.max(longestGapNanos, now - lastNanos);
        lastNanos = now;
    }
}
