package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setLocalDescription of a rollback. */
@DisplayName("RTCPeerConnection-setLocalDescription-rollback.html")
class SetLocalDescriptionRollbackTest {
    @Test
    @DisplayName("setLocalDescription(rollback) from have-local-offer state should reset back to stable state")
    void fromHaveLocalOffer() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            get(pc.setLocalDescription(ROLLBACK));
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE), states);
            assertNull(pc.localDescription());
            assertNull(pc.pendingLocalDescription());
            assertNull(pc.currentLocalDescription());
        }
    }

    @Test
    @DisplayName("setLocalDescription(rollback) from stable state should reject with InvalidStateError")
    void inStable() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setLocalDescription(rollback) after setting answer description should reject with InvalidStateError")
    void afterAnswer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription());
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setLocalDescription(rollback) after setting a remote offer should reject with InvalidStateError")
    void afterRemoteOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setLocalDescription(rollback) should ignore invalid sdp content and succeed")
    void textIsIgnored() {
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            get(pc.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, "not a description")));
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }

    @Test
    @DisplayName("setLocalDescription(rollback) should update internal state with a queued tassk, in the right order")
    void inOrder() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertEquals(SignalingState.STABLE, pc.signalingState());
                assertNull(pc.pendingLocalDescription());
                assertNull(pc.localDescription());
                events.add("state");
            });
            get(pc.setLocalDescription(ROLLBACK).thenRun(() -> events.add("resolved")));
            assertEquals(List.of("state", "resolved"), events);
        }
    }
}
