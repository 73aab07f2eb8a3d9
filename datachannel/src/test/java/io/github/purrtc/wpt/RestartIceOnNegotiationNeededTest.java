package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.7.3: not before the state's own event. */
@DisplayName("RTCPeerConnection-restartIce-onnegotiationneeded.https.html")
class RestartIceOnNegotiationNeededTest {
    @Test
    @DisplayName("Negotiation needed when returning to stable does not fire too early")
    void inTurn() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            exchangeOfferAnswer(a, z);
            get(a.setRemoteDescription(offerOf(z)));
            a.restartIce();
            List<String> events = new CopyOnWriteArrayList<>();
            a.onNegotiationNeeded(() -> events.add("negotiationneeded"));
            a.onSignalingStateChange(state -> events.add(state.toString()));
            get(a.setLocalDescription());
            assertEquals(SignalingState.STABLE, a.signalingState());
            until("negotiationneeded", () -> events.contains("negotiationneeded"));
            assertEquals(List.of("stable", "negotiationneeded"), events);
        }
    }

    private static SessionDescription offerOf(PeerConnection pc) {
        get(pc.setLocalDescription());
        return Wpt.described(pc.localDescription());
    }
}
