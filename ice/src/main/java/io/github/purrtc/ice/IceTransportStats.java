package io.github.purrtc.ice;

import java.util.List;

/**
 * What happened on a transport (the part of RTCTransportStats that is ICE's: webrtc-stats §8.11), and on its candidates and
 * pairs at this moment. The sums outlive pairs and restarts.
 *
 * @param localUsernameFragment of the latest generation
 * @param selectedPairChanges how often another pair was selected, the first included
 * @param packetsDropped neither delivered nor sent: of unknown kind or origin, or with no pair or consent
 * @param pairs best first; those of a restart after those in use
 * @param localCandidates gathered ones, and what the peer has shown us of NATs (peer-reflexive)
 * @param remoteCandidates signalled ones, and peer-reflexive ones that the peer's checks have shown
 */
public record IceTransportStats(
        IceTransportState state,
        IceRole role,
        String localUsernameFragment,
        long selectedPairChanges,
        long packetsSent,
        long packetsReceived,
        long bytesSent,
        long bytesReceived,
        long packetsDropped,
        List<CandidatePairStats> pairs,
        List<Candidate> localCandidates,
        List<Candidate> remoteCandidates) {

    /** Copies the lists. */
    public IceTransportStats {
        pairs = List.copyOf(pairs);
        localCandidates = List.copyOf(localCandidates);
        remoteCandidates = List.copyOf(remoteCandidates);
    }
}
