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

/** webrtc-pc §4.4.2, setLocalDescription of an answer. */
@DisplayName("RTCPeerConnection-setLocalDescription-answer.html")
class SetLocalDescriptionAnswerTest {
    @Test
    @DisplayName("setLocalDescription() with valid answer should succeed")
    void valid() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            get(pc.setLocalDescription(answer));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE), states);
            assertEquals(SdpType.ANSWER, described(pc.localDescription()).type());
            assertEquals(SdpType.OFFER, described(pc.remoteDescription()).type());
            assertEquals(pc.localDescription(), pc.currentLocalDescription());
            assertEquals(pc.remoteDescription(), pc.currentRemoteDescription());
            assertNull(pc.pendingLocalDescription());
            assertNull(pc.pendingRemoteDescription());
        }
    }

    @Test
    @DisplayName(
            "setLocalDescription() with type answer and null sdp should use lastAnswer generated from createAnswer")
    void emptyText() {
        SessionDescription offer = get(connection().createOffer());
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            get(pc.setLocalDescription(answer("")));
            assertEquals(answer, pc.localDescription());
        }
    }

    @Test
    @DisplayName(
            "setLocalDescription() with answer not created by own createAnswer() should reject with InvalidModificationError")
    void foreign() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(pc.setLocalDescription(generateAnswer(offer))));
        }
    }

    @Test
    @DisplayName("Calling setLocalDescription(answer) from stable state should reject with InvalidModificationError")
    void inStable() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(pc.setLocalDescription(answer(offer.sdp()))));
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription(answer(""))));
        }
    }

    @Test
    @DisplayName(
            "Calling setLocalDescription(answer) from have-local-offer state should reject with InvalidModificationError")
    void inHaveLocalOffer() {
        try (PeerConnection pc = connection()) {
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer));
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(pc.setLocalDescription(generateAnswer(offer))));
        }
    }

    @Test
    @DisplayName("Setting previously generated answer after a call to createOffer should work")
    void answerAfterOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createOffer()));
            get(pc.setLocalDescription(answer));
        }
    }

    @Test
    @DisplayName("setLocalDescription(answer) should update internal state with a queued task, in the right order")
    void inOrder() {
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(generateOffer()));
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertEquals(SignalingState.STABLE, pc.signalingState());
                assertNull(pc.pendingRemoteDescription());
                assertNotNull(pc.currentRemoteDescription());
                assertNotNull(pc.currentLocalDescription());
                events.add("state");
            });
            get(pc.setLocalDescription().thenRun(() -> events.add("resolved")));
            assertEquals(List.of("state", "resolved"), events);
        }
    }
}
