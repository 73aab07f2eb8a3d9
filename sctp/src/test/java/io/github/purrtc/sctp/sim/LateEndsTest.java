package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** 100 Mbit/s with a queue of one bandwidth-delay product, between ends that are no better than real ones. */
class LateEndsTest {
    private static final int STARTS = 4;
    private static final long SECOND = 1_000_000_000L;
    private static final long MILLISECOND = 1_000_000L;
    private static final long BYTES_PER_SECOND = 12_500_000;
    private static final int LEAST_QUEUE_BYTES = 64 * 1_200;
    private static final int ALL_BLOCKS = 1_000;
    /** dcSCTP's. */
    private static final int FEW_BLOCKS = 20;

    /** Woken within a millisecond, and now and then while others have the processor. */
    private static final LatePair.Lateness BUSY = new LatePair.Lateness(MILLISECOND, 0.01, 5 * MILLISECOND);

    /** As with timers that are coarse, on a machine that has much to do. */
    private static final LatePair.Lateness SLOW = new LatePair.Lateness(4 * MILLISECOND, 0.05, 20 * MILLISECOND);

    private static final LatePair.Lateness PROMPT = new LatePair.Lateness(0, 0, 0);

    private final long seed = Long.getLong("purrtc.seed", 1);

    @ParameterizedTest(name = "{0} ms, {1} % lost: at least {2} % of the path")
    @DisplayName("ends that are woken late see no queue where there is none")
    @CsvSource({"20, 1, 75", "20, 3, 75", "50, 3, 75", "100, 3, 75"})
    void areNoQueue(int roundTripMillis, double lossPercent, int goalPercent) {
        LatePair pair = pair(roundTripMillis, lossPercent, BUSY, LatePair.ALL_BLOCKS);
        assertShare(goalPercent, pair);
    }

    @ParameterizedTest(name = "{0} ms, {1} % lost: at least {2} % of the path")
    @DisplayName("what a late timer has held back is made up for: the path is not taken for as slow as the timers")
    @CsvSource({"10, 1, 60", "20, 1, 60", "20, 3, 55", "50, 3, 55"})
    void makeUpForIt(int roundTripMillis, double lossPercent, int goalPercent) {
        assertShare(goalPercent, pair(roundTripMillis, lossPercent, SLOW, LatePair.ALL_BLOCKS));
    }

    @Test
    @DisplayName("slow start is not ended by what the path loses of itself")
    void slowStartGoesOn() {
        double percent = 0;
        for (int i = 0; i < STARTS; i++) {
            LatePair pair = pair(50, 3, SLOW, LatePair.ALL_BLOCKS, seed + i);
            percent += 100 * pair.run(SECOND, 2 * SECOND) / BYTES_PER_SECOND / STARTS;
        }
        assertTrue(percent >= 65, percent + " % in the second second, seeds from " + seed);
    }

    @ParameterizedTest(name = "{0} ms, {1} % lost: at least {2} % of the path")
    @DisplayName(
            "a receiver that reports twenty gaps at most: what it does not report is found neither too early nor too late")
    @CsvSource({"50, 0, 90", "50, 1, 75", "100, 1, 75"})
    void waitsForReports(int roundTripMillis, double lossPercent, int goalPercent) {
        LatePair pair = pair(roundTripMillis, lossPercent, PROMPT, FEW_BLOCKS);
        assertShare(goalPercent, pair);
    }

    private LatePair pair(int roundTripMillis, double lossPercent, LatePair.Lateness lateness, int blocks) {
        return pair(roundTripMillis, lossPercent, lateness, blocks, seed);
    }

    private static LatePair pair(
            int roundTripMillis, double lossPercent, LatePair.Lateness lateness, int blocks, long seed) {
        SctpOptions options = SctpOptions.builder()
                .congestionControl(CongestionAlgorithm.BBR)
                .receiveWindow(32 << 20)
                .sendBufferLimit(64 << 20)
                .build();
        int queue = (int) Math.max(LEAST_QUEUE_BYTES, BYTES_PER_SECOND * roundTripMillis / 1_000);
        LinkConditions path = new LinkConditions(
                lossPercent / 100, 0, 1, 0, 0, 0, roundTripMillis * MILLISECOND / 2, 0, BYTES_PER_SECOND, queue, 1_500);
        return new LatePair(options, path, lateness, blocks, new SplittableRandom(seed));
    }

    private void assertShare(int goalPercent, LatePair pair) {
        double percent = 100 * pair.run(5 * SECOND, 8 * SECOND) / BYTES_PER_SECOND;
        assertTrue(
                percent >= goalPercent,
                () -> percent + " %, seed " + seed + ", " + pair.a().metrics());
    }
}
