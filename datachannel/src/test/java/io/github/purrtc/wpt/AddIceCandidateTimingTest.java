package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.1.2: candidates wait in the chain as others do. */
@DisplayName("RTCPeerConnection-addIceCandidate-timing.https.html")
class AddIceCandidateTimingTest {
    private final PeerConnection pc = connection();
    private final List<String> events = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        pc.close();
    }

    private CompletionStage<Void> noted(String event, CompletionStage<Void> operation) {
        return operation.thenRun(() -> events.add(event));
    }

    @Test
    @DisplayName("addIceCandidate is not resolved first if 2x setLocalDescription operations are pending")
    void behindTwo() {
        get(pc.setRemoteDescription(generateOffer()));
        pc.createDataChannel("test");
        CompletionStage<Void> first = noted("first", pc.setLocalDescription());
        CompletionStage<Void> second = noted("second", pc.setLocalDescription());
        CompletionStage<Void> added = noted("added", pc.addIceCandidate(null));
        get(first);
        get(second);
        get(added);
        assertEquals(List.of("first", "second", "added"), events);
    }

    @Test
    @DisplayName(
            "addIceCandidate and setLocalDescription are resolved in the correct order, as defined by the operations chain specification")
    void inOrder() {
        get(pc.setRemoteDescription(generateOffer()));
        CompletionStage<Void> added = noted("added", pc.addIceCandidate(null));
        CompletionStage<Void> set = noted("set", pc.setLocalDescription());
        get(added);
        get(set);
        assertEquals(List.of("added", "set"), events);
    }

    private void requireCandidatesAfter() {
        until("candidates", () -> events.contains("candidate"));
        assertEquals("set", events.get(0));
    }

    @Test
    @DisplayName("onicecandidate fires after resolving setLocalDescription in offerer")
    void offerer() {
        pc.onIceCandidate(candidate -> events.add("candidate"));
        // On the loop, so that nothing comes before the stage has its dependent.
        pc.onNegotiationNeeded(() -> noted("set", pc.setLocalDescription()));
        pc.createDataChannel("test");
        requireCandidatesAfter();
    }

    @Test
    @DisplayName("onicecandidate fires after resolving setLocalDescription in answerer")
    void answerer() {
        pc.onIceCandidate(candidate -> events.add("candidate"));
        pc.onSignalingStateChange(state -> {
            if (state == SignalingState.HAVE_REMOTE_OFFER) {
                noted("set", pc.setLocalDescription());
            }
        });
        get(pc.setRemoteDescription(generateOffer()));
        requireCandidatesAfter();
    }
}
