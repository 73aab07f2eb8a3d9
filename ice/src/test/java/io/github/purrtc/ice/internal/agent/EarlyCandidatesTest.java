package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class EarlyCandidatesTest {
    @Test
    @DisplayName("a hundred candidates are kept for a description that is still to come")
    void isBounded() {
        EarlyCandidates early = new EarlyCandidates();
        for (int i = 0; i < 100; i++) {
            assertTrue(early.keep(candidate(i)));
        }
        assertFalse(early.keep(candidate(100)));
    }

    private static Candidate candidate(int i) {
        return Candidate.host("f" + i, 1_000L + i, new InetSocketAddress("10.0.1.1", 2_000 + i));
    }
}
