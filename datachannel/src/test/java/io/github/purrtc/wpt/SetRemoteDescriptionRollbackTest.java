package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setRemoteDescription of a rollback. */
@DisplayName("RTCPeerConnection-setRemoteDescription-rollback.html")
class SetRemoteDescriptionRollbackTest {
    @Test
    @DisplayName("setRemoteDescription(rollback) in have-remote-offer state should revert to stable state")
    void fromHaveRemoteOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            get(pc.setRemoteDescription(ROLLBACK));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE), states);
            assertNull(pc.remoteDescription());
            assertNull(pc.pendingRemoteDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) from stable state should reject with InvalidStateError")
    void inStable() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) after setting a local offer should reject with InvalidStateError")
    void afterLocalOffer() {
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) should ignore invalid sdp content and succeed")
    void textIsIgnored() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            get(pc.setRemoteDescription(new SessionDescription(SdpType.ROLLBACK, "not a description")));
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }
}
