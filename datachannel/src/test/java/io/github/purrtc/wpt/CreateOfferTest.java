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

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.4.2, createOffer. */
@DisplayName("RTCPeerConnection-createOffer.html")
class CreateOfferTest {
    @Test
    @DisplayName("createOffer() with no argument from newly created RTCPeerConnection should succeed")
    void fresh() {
        try (PeerConnection pc = connection()) {
            SessionDescription offer = get(pc.createOffer());
            assertEquals(SdpType.OFFER, offer.type());
            assertFalse(offer.sdp().contains("m="), offer.sdp());
        }
    }

    @Test
    @DisplayName("createOffer() and then setLocalDescription() should succeed")
    void thenSet() {
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setLocalDescription(get(pc.createOffer())));
            assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER), states);
        }
    }

    @Test
    @DisplayName("createOffer() after connection is closed should reject with InvalidStateError")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createOffer()));
    }

    @Test
    @DisplayName(
            "When media stream is added when createOffer() is running in parallel, the result offer should contain the new media stream")
    void channelMadeMeanwhile() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("one");
            CompletionStage<SessionDescription> offer = pc.createOffer();
            pc.createDataChannel("two");
            assertTrue(get(offer).sdp().contains("m=application"));
        }
    }

    @Test
    @DisplayName("createOffer() should fail when signaling state is not stable or have-local-offer")
    void wrongState() {
        SessionDescription offer = Wpt.generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createOffer()));
        }
    }
}
