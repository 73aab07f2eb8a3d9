package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.fragment;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.2, setLocalDescription without a description. */
@DisplayName("RTCPeerConnection-setLocalDescription-parameterless.https.html")
class SetLocalDescriptionParameterlessTest {
    @Test
    @DisplayName("Parameterless SLD() in 'stable' goes to 'have-local-offer'")
    void stable() {
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
            assertEquals(SdpType.OFFER, described(pc.pendingLocalDescription()).type());
        }
    }

    @Test
    @DisplayName("Parameterless SLD() in 'have-local-offer' stays in 'have-local-offer'")
    void haveLocalOffer() {
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            get(pc.setLocalDescription());
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, pc.signalingState());
        }
    }

    @Test
    @DisplayName("Parameterless SLD() in 'have-remote-offer' goes to 'stable'")
    void haveRemoteOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription());
            assertEquals(SignalingState.STABLE, pc.signalingState());
            assertEquals(SdpType.ANSWER, described(pc.currentLocalDescription()).type());
        }
    }

    @Test
    @DisplayName("Parameterless SLD() uses [[LastCreatedOffer]] if it is still valid")
    void lastOffer() {
        try (PeerConnection pc = connection()) {
            SessionDescription offer = get(pc.createOffer());
            get(pc.setLocalDescription());
            assertEquals(offer, pc.pendingLocalDescription());
        }
    }

    @Test
    @DisplayName("Parameterless SLD() uses [[LastCreatedAnswer]] if it is still valid")
    void lastAnswer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            get(pc.setLocalDescription());
            assertEquals(fragment(answer), fragment(pc.currentLocalDescription()));
        }
    }

    @Test
    @DisplayName("Parameterless SLD() rejects with InvalidStateError if already closed")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setLocalDescription()));
    }

    @Test
    @DisplayName("Parameterless SLD() in a full O/A exchange succeeds")
    void exchange() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            exchangeOfferAnswer(a, z);
            assertEquals(SignalingState.STABLE, a.signalingState());
            assertEquals(SignalingState.STABLE, z.signalingState());
        }
    }

    @Test
    @DisplayName("Parameterless SRD() rejects with TypeError.")
    void typeIsNeeded() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> SdpType.of("")));
    }

    @Test
    @DisplayName("RTCSessionDescription constructed without type throws TypeError")
    void unknownType() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> SdpType.of("proposal")));
    }

    @Test
    @DisplayName("Parameterless SLD() in 'stable' sets pendingLocalDescription")
    void pending() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            assertEquals(
                    SdpType.OFFER, Wpt.described(pc.pendingLocalDescription()).type());
        }
    }

    @Test
    @DisplayName("Parameterless SLD() in 'have-remote-offer' sets currentLocalDescription")
    void current() {
        SessionDescription offer = Wpt.generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            get(pc.setLocalDescription());
            assertEquals(
                    SdpType.ANSWER, Wpt.described(pc.currentLocalDescription()).type());
        }
    }
}
