package io.github.purrtc;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Which candidates a connection tells. */
class CandidateChoiceTest {
    private static final String LABEL = "choice";

    private static List<Candidate> candidates(PeerConnection connection) {
        Await.until("gathered", () -> connection.iceGatheringState() == IceGatheringState.COMPLETE);
        SessionDescription local = connection.localDescription();
        return (local == null ? "" : local.sdp())
                .lines()
                .filter(line -> line.startsWith("a=candidate:"))
                .map(Candidate::parse)
                .toList();
    }

    @Test
    @DisplayName("what is not of the types that are set is not told")
    void hostCandidatesAreLeftOut() {
        Configuration noHost = Configuration.builder()
                .includeLoopback(true)
                .candidateTypes(EnumSet.complementOf(EnumSet.of(CandidateType.HOST)))
                .build();
        try (PeerConnection hidden = new PeerConnection(noHost);
                PeerConnection open = new PeerConnection()) {
            for (PeerConnection connection : List.of(hidden, open)) {
                connection.createDataChannel(LABEL);
                PeerPair.get(connection.setLocalDescription());
            }
            assertEquals(List.of(), candidates(hidden));
            assertFalse(candidates(open).isEmpty());
        }
    }

    @Test
    @DisplayName("ports are of the range that is set")
    void portsAreOfTheRange() {
        Configuration configuration = Configuration.builder()
                .gathering(options -> options.portRange(42_000, 42_999))
                .includeLoopback(true)
                .candidateTypes(Set.of(CandidateType.HOST))
                .build();
        try (PeerConnection connection = new PeerConnection(configuration)) {
            connection.createDataChannel(LABEL);
            PeerPair.get(connection.setLocalDescription());
            List<Candidate> candidates = candidates(connection);
            assertFalse(candidates.isEmpty());
            for (Candidate candidate : candidates) {
                assertTrue(candidate.port() >= 42_000 && candidate.port() <= 42_999, candidate::toString);
            }
        }
    }
}
