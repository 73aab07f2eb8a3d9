package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpMetrics;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** How much of a path the model-based congestion control fills, in virtual time: the figures of docs/goodput.md, from below. */
class GoodputGoalsTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int MESSAGE = 64 * 1024;

    private final long seed = Long.getLong("purrtc.seed", 11);
    private CongestionAlgorithm control = CongestionAlgorithm.BBR;
    private int megabits;
    private SimulatedPair pair;

    @ParameterizedTest(name = "{0} Mbit/s, {1} ms, {2} % lost: at least {3} % of the path")
    @CsvSource({
        "100, 20, 0, 95",
        "100, 200, 0, 95",
        "100, 50, 0.1, 90",
        "100, 200, 0.1, 90",
        "100, 200, 1, 75",
        "100, 50, 3, 50",
    })
    void fills(int rate, int roundTripMillis, double lossPercent, int goalPercent) {
        connect(rate, roundTripMillis, lossPercent / 100);
        run(5 * SECOND);
        assertShare(goalPercent, measure(4 * SECOND));
        assertEquals(0, metrics().timeouts(), () -> "timeouts with seed " + seed);
    }

    @Test
    @DisplayName("no queue stands: the round trip is no more than a quarter longer than the path, most of the time")
    void leavesNoQueue() {
        connect(100, 50, 0);
        run(5 * SECOND);
        int longer = 0;
        for (int i = 0; i < 60; i++) {
            run(50 * MILLISECOND);
            longer += metrics().srttNanos() > 63 * MILLISECOND ? 1 : 0;
        }
        assertTrue(longer < 15, longer + " of 60");
    }

    @Test
    @DisplayName("the application pauses for two seconds: afterwards the rate is back at once")
    void idlenessSpoilsNothing() {
        connect(100, 50, 0);
        run(5 * SECOND);
        pair.runUntil(() -> metrics().bufferedBytes() == 0, pair.now() + 5 * SECOND);
        pair.runUntil(() -> false, pair.now() + 2 * SECOND);
        run(200 * MILLISECOND);
        assertShare(90, measure(SECOND));
    }

    @ParameterizedTest(name = "{0}, {1} ms")
    @DisplayName(
            "nothing gets through for five seconds: two seconds later nine tenths of the rate are back, for the second from then on")
    @CsvSource({"BBR, 20", "BBR, 50", "BBR, 100", "BBR, 200", "CUBIC, 50"})
    void recoversFromAnOutage(CongestionAlgorithm algorithm, int roundTripMillis) {
        control = algorithm;
        connect(100, roundTripMillis, 0);
        run(5 * SECOND);
        pair.aToZ.addOutage(pair.now(), pair.now() + 5 * SECOND);
        pair.zToA.addOutage(pair.now(), pair.now() + 5 * SECOND);
        run(7 * SECOND);
        assertShare(90, measure(SECOND));
    }

    private void connect(int rate, int roundTripMillis, double loss) {
        megabits = rate;
        long bytesPerSecond = rate * 125_000L;
        long product = bytesPerSecond * roundTripMillis / 1000;
        SctpOptions options = SctpOptions.builder()
                .congestionControl(control)
                .receiveWindow(8 * product + (16 << 20))
                .sendBufferLimit(64 << 20)
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .maxRtoBackoff(2)
                .build();
        LinkConditions path = new LinkConditions(
                loss, 0, 1, 0, 0, 0, roundTripMillis * MILLISECOND / 2, 0, bytesPerSecond, (int) product, 1_500);
        pair = new SimulatedPair(options, options, path, path, new SplittableRandom(seed));
        pair.a.connect(pair.now());
    }

    private double measure(long nanos) {
        long before = pair.z.association().metrics().userBytesReceived();
        run(nanos);
        return (pair.z.association().metrics().userBytesReceived() - before) * 8e9 / nanos;
    }

    /** Keeps the send buffer full. */
    private void run(long nanos) {
        for (long until = pair.now() + nanos; pair.now() < until; ) {
            while (metrics().bufferedBytes() < 16 << 20) {
                assertTrue(pair.a.send(1, 53, new byte[MESSAGE], SctpSendOptions.RELIABLE_ORDERED, pair.now()));
            }
            pair.runUntil(() -> false, Math.min(until, pair.now() + 50 * MILLISECOND));
        }
    }

    private void assertShare(int goalPercent, double bitsPerSecond) {
        double percent = bitsPerSecond / megabits / 1e4;
        assertTrue(percent >= goalPercent, () -> percent + " % of the path, seed " + seed + ", " + metrics());
    }

    private SctpMetrics metrics() {
        return pair.a.association().metrics();
    }
}
