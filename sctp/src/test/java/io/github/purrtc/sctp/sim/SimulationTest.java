package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Random sessions in virtual time. {@code -Dpurrtc.seeds=} says how many, {@code -Dpurrtc.firstSeed=} from which on; {@code -Dpurrtc.seed=}
 * replays one.
 */
class SimulationTest {
    @Test
    void everySessionKeepsItsPromises() {
        Long replayed = Long.getLong("purrtc.seed");
        if (replayed != null) {
            new Scenario(replayed).run();
            return;
        }
        long first = Long.getLong("purrtc.firstSeed", 1);
        Campaign campaign = new Campaign(first, Long.getLong("purrtc.seeds", 20_000), Scenario::new);
        campaign.run(Runtime.getRuntime().availableProcessors());
        assertTrue(campaign.parts() > 0, "no message came in parts");
    }
}
