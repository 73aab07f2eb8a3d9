package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** 100 Mbit/s with a queue of one bandwidth-delay product, to a receiver that reports twenty gaps at most and answers HEARTBEATs, as dcSCTP. */
class FewReportsTest {
    private static final long SECOND = 1_000_000_000L;
    private static final long BYTES_PER_SECOND = 12_500_000;
    private static final int FEW_BLOCKS = 20;
    /** Chromium's. */
    private static final int WINDOW = 5 << 20;

    private final long seed = Long.getLong("purrtc.seed", 1);

    @ParameterizedTest(name = "{0} ms, {1} % lost: at least {2} % of the path")
    @DisplayName("what the receiver does not report its answers to HEARTBEATs tell")
    @CsvSource({"100, 1, 75", "100, 3, 60", "200, 1, 75", "200, 3, 50"})
    void receiptsFillTheLongPath(int roundTripMillis, double lossPercent, int goalPercent) {
        LatePair pair = pair(roundTripMillis, lossPercent, FEW_BLOCKS);
        double percent = percent(pair, 8);
        assertTrue(pair.heartbeats().answered() > 0, "nothing was asked");
        assertTrue(percent >= goalPercent, () -> story(percent, pair));
    }

    @Test
    @DisplayName("a receiver that drops DATA and answers the HEARTBEAT beside it slows itself down, and no more")
    void aReceiptIsAHint() {
        LatePair pair = pair(200, 1, FEW_BLOCKS);
        pair.refuse(0.05);
        double percent = percent(pair, 15);
        assertTrue(pair.heartbeats().answered() > 0, "nothing was asked");
        assertTrue(percent >= 10, () -> story(percent, pair));
        assertEquals(0, pair.a().metrics().malformedPackets());
    }

    @ParameterizedTest(name = "{0} TSNs later")
    @DisplayName("a receiver that forges every second answer slows itself down, and no more")
    @CsvSource({"1", "60", "5000", "-5000", "2000000000"})
    void forgedReceiptsHarmWhoForgesThem(int tsnsLater) {
        LatePair pair = pair(200, 3, FEW_BLOCKS);
        pair.heartbeats().forge(tsnsLater);
        double percent = percent(pair, 15);
        assertTrue(percent >= 1, () -> story(percent, pair));
    }

    @Test
    @DisplayName("a peer of ours reports all gaps, and is asked for nothing")
    void oursAreNotAsked() {
        LatePair pair = pair(200, 3, LatePair.ALL_BLOCKS);
        double percent = percent(pair, 8);
        assertEquals(0, pair.heartbeats().answered());
        assertTrue(percent >= 50, () -> story(percent, pair));
    }

    private LatePair pair(int roundTripMillis, double lossPercent, int blocks) {
        SctpOptions options = SctpOptions.builder()
                .congestionControl(CongestionAlgorithm.BBR)
                .receiveWindow(WINDOW)
                .sendBufferLimit(64 << 20)
                .build();
        int queue = (int) (BYTES_PER_SECOND * roundTripMillis / 1_000);
        LinkConditions path = new LinkConditions(
                lossPercent / 100, 0, 1, 0, 0, 0, roundTripMillis * 500_000L, 0, BYTES_PER_SECOND, queue, 1_500);
        return new LatePair(options, path, new LatePair.Lateness(0, 0, 0), blocks, new SplittableRandom(seed));
    }

    private static double percent(LatePair pair, int seconds) {
        return 100 * pair.run(5 * SECOND, seconds * SECOND) / BYTES_PER_SECOND;
    }

    private String story(double percent, LatePair pair) {
        return percent + " %, seed " + seed + ", " + pair.a().metrics();
    }
}
