package io.github.purrtc;

import io.github.purrtc.ice.Candidate;
import org.jspecify.annotations.Nullable;

/**
 * A candidate as signalling carries it: webrtc-pc §4.8.1, {@code RTCIceCandidateInit}.
 *
 * @param candidate the candidate attribute ({@code candidate:…}); empty for the end of candidates
 * @param sdpMid the mid of the media section it belongs to
 * @param sdpMLineIndex the index of that section, counted from 0, if there is no mid
 * @param usernameFragment the fragment of the ICE generation it belongs to, if known
 */
public record IceCandidate(
        String candidate,
        @Nullable String sdpMid,
        @Nullable Integer sdpMLineIndex,
        @Nullable String usernameFragment) {

    /** What the text says, {@code RTCIceCandidate}'s {@code foundation} to {@code tcpType}; null if it is not a candidate's. */
    public @Nullable Candidate parsed() {
        try {
            return Candidate.parse(candidate);
        } catch (IllegalArgumentException e) {
            return null;
        }
    }
}
