package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Hours of random paths in virtual time ({@link StallPath}) under all kinds of traffic ({@link StallTraffic}), with every congestion
 * control. {@code -Dpurrtc.stallSeeds=} says how many, {@code -Dpurrtc.firstSeed=} from which on, {@code -Dpurrtc.stallMinutes=} how
 * long each, {@code -Dpurrtc.mostSeconds=} for how long at most; {@code -Dpurrtc.seed=} replays one.
 *
 * <p>What a stall is: some data is neither acknowledged nor given up, the reader has room for it, and for more than three times the
 * retransmission timeout as it was then, backed off or not, nothing of it gets on, while the path loses no try. It is said exactly by
 * {@link StallWatch}. The path's own losses, by chance, in bursts or in outages, do not stop the time but let it begin again, each once: so the
 * sender has to try at least once in three timeouts even on a dead path, and the first try that gets through has to tell. Back-off is
 * bounded at twice the measured timeout in three of four sessions, as in data channels, and is RFC 9260's in the fourth.
 */
class StallTest {
    private static final int FEW_BLOCKS = 20;

    private final long nanos = TimeUnit.MINUTES.toNanos(Long.getLong("purrtc.stallMinutes", 60));

    @Test
    @DisplayName("no stall is longer than three times the RTO, over an hour of random paths")
    void neverStalls() {
        run(20, LatePair.ALL_BLOCKS);
    }

    @Test
    @DisplayName("nor with peers whose SACKs report twenty gaps, as Chromium's, so that receipts tell of the rest")
    void neverStallsWithFewReports() {
        run(10, FEW_BLOCKS);
    }

    private void run(long usualSeeds, int mostGapBlocks) {
        Long replayed = Long.getLong("purrtc.seed");
        if (replayed != null) {
            new StallSession(replayed, nanos, mostGapBlocks).run();
            return;
        }
        Campaign campaign = new Campaign(
                Long.getLong("purrtc.firstSeed", 1),
                Long.getLong("purrtc.stallSeeds", usualSeeds),
                seed -> new StallSession(seed, nanos, mostGapBlocks));
        campaign.run(Runtime.getRuntime().availableProcessors());
        assertTrue(campaign.packets() > 0);
    }

    @ParameterizedTest(name = "seed {0}: {1}")
    @DisplayName("hours that stalled once")
    @CsvSource({
        "5765, a way back full of SACKs",
        "7670, a timeout put off by each FORWARD TSN",
        "495, a timeout that no FORWARD TSN put off",
        "11476, a timer that ran on as it was backed off",
    })
    void stallsNoMore(long seed, String what) {
        StallSession session = new StallSession(seed, TimeUnit.HOURS.toNanos(1), LatePair.ALL_BLOCKS);
        session.run();
        assertTrue(session.packets() > 0, what);
    }
}
