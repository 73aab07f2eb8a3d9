package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setLocalDescription of a provisional answer. */
@DisplayName("RTCPeerConnection-setLocalDescription-pranswer.html")
class SetLocalDescriptionPranswerTest {
    private static SessionDescription provisional(SessionDescription description) {
        return new SessionDescription(SdpType.PRANSWER, description.sdp());
    }

    @Test
    @DisplayName("setLocalDescription(pranswer) from stable state should reject with InvalidStateError")
    void inStable() {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.INVALID_STATE_ERROR,
                    failure(pc.setLocalDescription(new SessionDescription(SdpType.PRANSWER, ""))));
        }
    }

    @Test
    @DisplayName("setLocalDescription(pranswer) should succeed")
    void valid() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            get(pc.setLocalDescription(provisional(answer)));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER), states);
            assertEquals(SdpType.OFFER, described(pc.pendingRemoteDescription()).type());
            assertEquals(
                    SdpType.PRANSWER, described(pc.pendingLocalDescription()).type());
            assertNull(pc.currentLocalDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setLocalDescription(pranswer) can be applied multiple times while still in have-local-pranswer")
    void severalTimes() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription(provisional(get(pc.createAnswer()))));
            get(pc.setLocalDescription(provisional(get(pc.createAnswer()))));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.HAVE_LOCAL_PRANSWER), states);
        }
    }

    @Test
    @DisplayName("setLocalDescription(answer) from have-local-pranswer state should succeed")
    void thenAnswer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription(provisional(get(pc.createAnswer()))));
            get(pc.setLocalDescription(get(pc.createAnswer())));
            assertEquals(
                    List.of(
                            SignalingState.HAVE_REMOTE_OFFER,
                            SignalingState.HAVE_LOCAL_PRANSWER,
                            SignalingState.STABLE),
                    states);
            assertEquals(SdpType.ANSWER, described(pc.currentLocalDescription()).type());
            assertNull(pc.pendingLocalDescription());
        }
    }
}
