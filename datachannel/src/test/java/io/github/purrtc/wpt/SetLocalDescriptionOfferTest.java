package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.origin;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.4.2, setLocalDescription of an offer. */
@DisplayName("RTCPeerConnection-setLocalDescription-offer.html")
class SetLocalDescriptionOfferTest {
    @Test
    @DisplayName("setLocalDescription with valid offer should succeed")
    void valid() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            CompletionStage<Void> set = pc.setLocalDescription(offer);
            get(set);
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER), states);
            assertEquals(SdpType.OFFER, described(pc.pendingLocalDescription()).type());
            assertNull(pc.currentLocalDescription());
        }
    }

    @Test
    @DisplayName("setLocalDescription with type offer and null sdp should use lastOffer generated from createOffer")
    void emptyText() {
        try (PeerConnection pc = connection()) {
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription(offer("")));
            assertEquals(offer, pc.localDescription());
        }
    }

    @Test
    @DisplayName(
            "setLocalDescription() with offer not created by own createOffer() should reject with InvalidModificationError")
    void foreign() {
        SessionDescription foreign = generateOffer();
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(pc.setLocalDescription(foreign)));
        }
    }

    @Test
    @DisplayName("Set created offer other than last offer should reject with InvalidModificationError")
    void outdated() {
        try (PeerConnection pc = connection()) {
            SessionDescription first = get(pc.createOffer());
            pc.createDataChannel("test");
            SessionDescription second = get(pc.createOffer());
            assertNotEquals(first, second);
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(pc.setLocalDescription(first)));
        }
    }

    @Test
    @DisplayName("Creating and setting offer multiple times should succeed")
    void severalTimes() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            SessionDescription first = get(pc.createOffer());
            get(pc.setLocalDescription(first));
            pc.createDataChannel("test");
            SessionDescription second = get(pc.createOffer());
            get(pc.setLocalDescription(second));
            assertNotEquals(origin(first), origin(second));
            assertEquals(origin(second), origin(pc.pendingLocalDescription()));
            assertNull(pc.currentLocalDescription());
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER), states);
        }
    }

    @Test
    @DisplayName(
            "setLocalDescription(offer) using an outdated offer that was superseded by a data channel makes a new one")
    void emptyTextAfterAChange() {
        try (PeerConnection pc = connection()) {
            get(pc.createOffer());
            pc.createDataChannel("test");
            get(pc.setLocalDescription(offer("")));
            assertTrue(described(pc.localDescription()).sdp().contains("m=application"));
        }
    }

    @Test
    @DisplayName("Setting previously generated offer after a call to createAnswer should work")
    void offerAfterAnswer() {
        SessionDescription remote = generateOffer();
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            get(pc.setRemoteDescription(remote));
            get(pc.createAnswer());
            get(pc.setRemoteDescription(ROLLBACK));
            get(pc.setLocalDescription(offer));
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
        }
    }

    @Test
    @DisplayName("Negotiation works when there has been a repeated setLocalDescription(offer)")
    void repeated() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            get(a.setLocalDescription());
            exchangeOfferAnswer(a, z);
            assertEquals(SignalingState.STABLE, a.signalingState());
            assertEquals(SignalingState.STABLE, z.signalingState());
        }
    }

    @Test
    @DisplayName("setLocalDescription(offer) should update internal state with a queued task, in the right order")
    void inOrder() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            SessionDescription offer = get(pc.createOffer());
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
                assertEquals(
                        SdpType.OFFER, described(pc.pendingLocalDescription()).type());
                assertNull(pc.pendingRemoteDescription());
                events.add("state");
            });
            get(pc.setLocalDescription(offer).thenRun(() -> events.add("resolved")));
            assertEquals(List.of("state", "resolved"), events);
        }
    }
}
