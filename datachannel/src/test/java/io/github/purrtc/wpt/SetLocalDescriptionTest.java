package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.generateAnswer;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.origin;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** webrtc-pc §4.4.2, setLocalDescription. */
@DisplayName("RTCPeerConnection-setLocalDescription.html")
class SetLocalDescriptionTest {
    @Test
    @DisplayName(
            "Calling createOffer() and setLocalDescription() again after one round of local-offer/remote-answer should succeed")
    void offersAgain() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            SessionDescription first = get(pc.createOffer());
            get(pc.setLocalDescription(first));
            get(pc.setRemoteDescription(generateAnswer(first)));
            pc.createDataChannel("test");
            SessionDescription second = get(pc.createOffer());
            get(pc.setLocalDescription(second));
            assertEquals(
                    List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER),
                    states);
            assertNotEquals(first.sdp(), second.sdp());
            assertEquals(origin(second), origin(pc.localDescription()));
            assertEquals(origin(first), origin(pc.currentLocalDescription()));
            assertEquals(origin(second), origin(pc.pendingLocalDescription()));
        }
    }

    @Test
    @DisplayName("Switching role from answerer to offerer after going back to stable state should succeed")
    void switchesRoles() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription(get(pc.createAnswer())));
            get(pc.setLocalDescription(get(pc.createOffer())));
            assertEquals(
                    List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE, SignalingState.HAVE_LOCAL_OFFER),
                    states);
            assertEquals(SdpType.ANSWER, described(pc.currentLocalDescription()).type());
            assertEquals(SdpType.OFFER, described(pc.pendingLocalDescription()).type());
        }
    }

    @Test
    @DisplayName("onsignalingstatechange fires before setLocalDescription resolves")
    void stateFirst() {
        try (PeerConnection pc = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> events.add("state"));
            get(pc.setLocalDescription().thenRun(() -> events.add("done")));
            assertEquals(List.of("state", "done"), events);
        }
    }
}
