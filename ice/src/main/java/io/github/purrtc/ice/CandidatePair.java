package io.github.purrtc.ice;

/** A local and a remote candidate between which datagrams pass. */
public record CandidatePair(Candidate local, Candidate remote) {

    /** Whether the datagrams of this pair pass a TURN server on either side. */
    public boolean isRelayed() {
        return local.type() == CandidateType.RELAYED || remote.type() == CandidateType.RELAYED;
    }
}
