package io.github.purrtc.benchmarks.compare;

import io.github.purrtc.benchmarks.emulator.Relay.Carried;
import net.jqwik.api.ForAll;
import net.jqwik.api.Label;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.SplittableRandom;
import java.util.function.DoubleUnaryOperator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** On a path of 12.5 MB/s, 95 % of which can be user data. The connection is there for five seconds, then six count. */
class GoodputTest {
    private static final double PATH_BYTES_PER_SECOND = 12.5e6;
    private static final double USER_SHARE = 0.95;
    private static final double WARM_UP_SECONDS = 5;
    private static final double WINDOW_SECONDS = 6;
    private static final double TELL_SECONDS = 0.25;
    private static final int DATAGRAM_BYTES = 1_450;

    @Test
    @DisplayName("what waited behind a hole when the window began and came out in it does not count twice")
    void countsWhatWaitedOnce() {
        // A full path, and a second's worth of data waits until the window has begun; by its end nothing waits.
        DoubleUnaryOperator waitingSeconds = seconds -> seconds < WARM_UP_SECONDS + TELL_SECONDS ? 1 : 0;
        double inTheWindow = (handedOut(WARM_UP_SECONDS + WINDOW_SECONDS, 1, waitingSeconds)
                        - handedOut(WARM_UP_SECONDS, 1, waitingSeconds))
                / WINDOW_SECONDS;
        assertTrue(inTheWindow > PATH_BYTES_PER_SECOND, "more than the path carries: " + inTheWindow);
        assertEquals(USER_SHARE * PATH_BYTES_PER_SECOND, measured(1, waitingSeconds), 1);
    }

    @Test
    @DisplayName("a path half used is told as one")
    void tellsHalf() {
        assertEquals(USER_SHARE * PATH_BYTES_PER_SECOND / 2, measured(0.5, seconds -> 0), 1);
    }

    @Test
    @DisplayName("in whole messages, of which one takes seconds: as if each came bit by bit")
    void countsWholeMessages() {
        double use = 0.005;
        double path = use * PATH_BYTES_PER_SECOND;
        double messageBytes = USER_SHARE * path;
        Goodput goodput = new Goodput(carried(WARM_UP_SECONDS, use));
        for (double seconds = WARM_UP_SECONDS; seconds < WARM_UP_SECONDS + WINDOW_SECONDS; seconds += TELL_SECONDS) {
            double there = Math.floor(USER_SHARE * path * seconds / messageBytes) * messageBytes;
            goodput.handedOut((long) there, carried(seconds, use));
        }
        goodput.end(carried(WARM_UP_SECONDS + WINDOW_SECONDS, use));
        double measured = goodput.bytesPerSecond();
        assertEquals(USER_SHARE * path, measured, 0.01 * path);
    }

    @Test
    @DisplayName("what came too late for the window is there some round trips later")
    void countsTheRest() {
        Goodput goodput = new Goodput(carried(WARM_UP_SECONDS, 1));
        double endSeconds = WARM_UP_SECONDS + WINDOW_SECONDS;
        goodput.handedOut(handedOut(endSeconds, 1, seconds -> 1), carried(endSeconds, 1));
        goodput.end(carried(endSeconds, 1));
        assertEquals(USER_SHARE * PATH_BYTES_PER_SECOND * 10 / 11, goodput.bytesPerSecond(), 1);
        goodput.handedOut(handedOut(endSeconds, 1, seconds -> 0), carried(endSeconds, 1));
        assertEquals(USER_SHARE * PATH_BYTES_PER_SECOND, goodput.bytesPerSecond(), 1);
    }

    @Property(tries = 1_000)
    @Label("whatever waits when, it is never more than the path has, and less by what always waits at the most")
    void staysBelow(
            @ForAll long seed,
            @ForAll @DoubleRange(min = 0, max = 2) double mostSeconds,
            @ForAll @IntRange(min = 1, max = 100) int percentUsed) {
        double use = percentUsed / 100.0;
        DoubleUnaryOperator waitingSeconds = seconds ->
                Math.min(seconds, mostSeconds * new SplittableRandom(seed + Math.round(seconds * 1e6)).nextDouble());
        double measured = measured(use, waitingSeconds);
        double truth = USER_SHARE * use * PATH_BYTES_PER_SECOND;
        assertTrue(measured <= truth + 1, () -> measured + " of " + truth);
        double leastShare = 1 - mostSeconds / (WARM_UP_SECONDS + WINDOW_SECONDS / 2);
        assertTrue(measured >= truth * leastShare - 1, () -> measured + " of " + truth);
    }

    /** A receiver that tells four times a second. */
    private static double measured(double use, DoubleUnaryOperator waitingSeconds) {
        Goodput goodput = new Goodput(carried(WARM_UP_SECONDS, use));
        for (double seconds = WARM_UP_SECONDS; seconds <= WARM_UP_SECONDS + WINDOW_SECONDS; seconds += TELL_SECONDS) {
            goodput.handedOut(handedOut(seconds, use, waitingSeconds), carried(seconds, use));
        }
        goodput.end(carried(WARM_UP_SECONDS + WINDOW_SECONDS, use));
        return goodput.bytesPerSecond();
    }

    private static Carried carried(double seconds, double use) {
        return new Carried((long) (seconds * 1e9), (long) (use * PATH_BYTES_PER_SECOND * seconds), DATAGRAM_BYTES);
    }

    private static long handedOut(double seconds, double use, DoubleUnaryOperator waitingSeconds) {
        return (long) (USER_SHARE * use * PATH_BYTES_PER_SECOND * (seconds - waitingSeconds.applyAsDouble(seconds)));
    }
}
