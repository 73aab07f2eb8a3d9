package io.github.purrtc.peers;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.SessionDescription;

/** What one peer tells the other by way of signalling. */
sealed interface Signal {
    record Description(SessionDescription description) implements Signal {}

    record Candidate(IceCandidate candidate) implements Signal {}
}
