package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random paths in virtual time. {@code -Dpurrtc.stallSeeds=} says how many, {@code -Dpurrtc.firstSeed=} from which on, {@code -Dpurrtc.stallMinutes=}
 * how long each; {@code -Dpurrtc.seed=} replays one.
 */
class StallTest {
    private final long nanos = TimeUnit.MINUTES.toNanos(Long.getLong("purrtc.stallMinutes", 60));

    @Test
    @DisplayName("no stall is longer than three times the RTO, over an hour of random paths")
    void neverStalls() {
        Long replayed = Long.getLong("purrtc.seed");
        if (replayed != null) {
            new StallSession(replayed, nanos).run();
            return;
        }
        Campaign campaign = new Campaign(
                Long.getLong("purrtc.firstSeed", 1),
                Long.getLong("purrtc.stallSeeds", 8),
                seed -> new StallSession(seed, nanos));
        campaign.run(Runtime.getRuntime().availableProcessors());
        assertTrue(campaign.packets() > 0);
    }
}
