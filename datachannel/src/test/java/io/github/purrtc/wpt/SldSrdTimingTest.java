package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletionStage;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.generateAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.1.2: one operation after the other. */
@DisplayName("RTCPeerConnection-SLD-SRD-timing.https.html")
class SldSrdTimingTest {
    @Test
    @DisplayName("setLocalDescription and setRemoteDescription are not racy")
    void inTurn() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            SessionDescription answer = generateAnswer(offer);
            List<SignalingState> states = states(pc);
            CompletionStage<Void> local = pc.setLocalDescription(offer);
            CompletionStage<Void> remote = pc.setRemoteDescription(answer);
            get(local);
            get(remote);
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE), states);
        }
    }
}
