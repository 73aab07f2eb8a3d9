package io.github.purrtc.sctp.sim;

import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class CampaignTest {
    @Test
    void threadsDoNotChangeWhatASeedMeans() {
        assertEquals(packets(1), packets(4));
    }

    private static long packets(int threads) {
        Campaign campaign = new Campaign(1, 60, Scenario::new);
        campaign.run(threads);
        return campaign.packets();
    }
}
