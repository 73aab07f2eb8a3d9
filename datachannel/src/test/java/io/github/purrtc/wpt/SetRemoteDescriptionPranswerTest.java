package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
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
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateAnswer;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setRemoteDescription of a provisional answer. */
@DisplayName("RTCPeerConnection-setRemoteDescription-pranswer.html")
class SetRemoteDescriptionPranswerTest {
    private static SessionDescription provisional(SessionDescription description) {
        return new SessionDescription(SdpType.PRANSWER, description.sdp());
    }

    @Test
    @DisplayName("setRemoteDescription(pranswer) from stable state should reject with InvalidStateError")
    void inStable() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.INVALID_STATE_ERROR,
                    failure(pc.setRemoteDescription(provisional(generateAnswer(offer)))));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(pranswer) from have-local-offer state should succeed")
    void valid() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            get(pc.setRemoteDescription(provisional(generateAnswer(offer))));
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_PRANSWER), states);
            assertEquals(SdpType.OFFER, described(pc.pendingLocalDescription()).type());
            assertEquals(
                    SdpType.PRANSWER, described(pc.pendingRemoteDescription()).type());
            assertNull(pc.currentLocalDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(pranswer) multiple times should succeed")
    void severalTimes() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            SessionDescription answer = provisional(generateAnswer(offer));
            get(pc.setRemoteDescription(answer));
            get(pc.setRemoteDescription(answer));
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.HAVE_REMOTE_PRANSWER), states);
        }
    }

    @Test
    @DisplayName("setRemoteDescription(answer) from have-remote-pranswer state should succeed")
    void thenAnswer() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            SessionDescription answer = generateAnswer(offer);
            get(pc.setRemoteDescription(provisional(answer)));
            get(pc.setRemoteDescription(answer));
            assertEquals(
                    List.of(
                            SignalingState.HAVE_LOCAL_OFFER,
                            SignalingState.HAVE_REMOTE_PRANSWER,
                            SignalingState.STABLE),
                    states);
            assertEquals(
                    SdpType.ANSWER, described(pc.currentRemoteDescription()).type());
            assertNull(pc.pendingRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(answer) from have-remote-pranswer connects")
    void connects() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("test");
            exchangeIceCandidates(a, z);
            get(a.setLocalDescription());
            get(z.setRemoteDescription(a.localDescription()));
            SessionDescription answer = get(z.createAnswer());
            get(z.setLocalDescription(provisional(answer)));
            get(a.setRemoteDescription(provisional(answer)));
            openChannel(channel);
            get(z.setLocalDescription());
            get(a.setRemoteDescription(z.localDescription()));
            assertEquals(DataChannelState.OPEN, channel.readyState());
        }
    }
}
