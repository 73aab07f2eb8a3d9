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

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateAnswer;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setRemoteDescription of an answer. */
@DisplayName("RTCPeerConnection-setRemoteDescription-answer.html")
class SetRemoteDescriptionAnswerTest {
    @Test
    @DisplayName("setRemoteDescription() with valid state and answer should succeed")
    void valid() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            SessionDescription answer = generateAnswer(offer);
            get(pc.setRemoteDescription(answer));
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE), states);
            assertEquals(SdpType.OFFER, described(pc.currentLocalDescription()).type());
            assertEquals(answer, pc.currentRemoteDescription());
            assertNull(pc.pendingLocalDescription());
            assertNull(pc.pendingRemoteDescription());
        }
    }

    @Test
    @DisplayName("Calling setRemoteDescription(answer) from stable state should reject with InvalidStateError")
    void inStable() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(generateAnswer(offer))));
        }
    }

    @Test
    @DisplayName(
            "Calling setRemoteDescription(answer) from have-remote-offer state should reject with InvalidStateError")
    void inHaveRemoteOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(generateAnswer(offer))));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(answer) should update internal state with a queued task, in the right order")
    void inOrder() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertNull(pc.pendingLocalDescription());
                assertNotNull(pc.currentLocalDescription());
                assertNotNull(pc.currentRemoteDescription());
                events.add("state");
            });
            get(pc.setRemoteDescription(generateAnswer(offer)).thenRun(() -> events.add("resolved")));
            assertEquals(List.of("state", "resolved"), events);
        }
    }
}
