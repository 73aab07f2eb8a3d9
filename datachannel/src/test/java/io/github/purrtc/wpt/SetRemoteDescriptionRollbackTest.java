package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, setRemoteDescription of a rollback. */
@DisplayName("RTCPeerConnection-setRemoteDescription-rollback.html")
class SetRemoteDescriptionRollbackTest {
    @Test
    @DisplayName("setRemoteDescription(rollback) in have-remote-offer state should revert to stable state")
    void fromHaveRemoteOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            get(pc.setRemoteDescription(ROLLBACK));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE), states);
            assertNull(pc.remoteDescription());
            assertNull(pc.pendingRemoteDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) from stable state should reject with InvalidStateError")
    void inStable() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) after setting a local offer should reject with InvalidStateError")
    void afterLocalOffer() {
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.setRemoteDescription(ROLLBACK)));
        }
    }

    @Test
    @DisplayName("setRemoteDescription(rollback) should ignore invalid sdp content and succeed")
    void textIsIgnored() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            get(pc.setRemoteDescription(new SessionDescription(SdpType.ROLLBACK, "not a description")));
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }

    @Test
    @DisplayName("local offer created before setRemoteDescription(remote offer) then rollback should still be usable")
    void offerOfBefore() {
        SessionDescription remote = generateOffer();
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            DataChannel channel = pc.createDataChannel("test");
            exchangeIceCandidates(pc, peer);
            SessionDescription offer = get(pc.createOffer());
            get(pc.setRemoteDescription(remote));
            get(pc.setRemoteDescription(ROLLBACK));
            get(pc.setLocalDescription(offer));
            get(peer.setRemoteDescription(offer));
            get(peer.setLocalDescription());
            get(pc.setRemoteDescription(peer.localDescription()));
            openChannel(channel);
        }
    }

    @Test
    @DisplayName("rollback of a remote offer to negotiated stable state should enable applying of a local offer")
    void remoteThenLocal() {
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            channelPair(pc, peer, false);
            get(pc.setRemoteDescription(get(peer.createOffer())));
            get(pc.setRemoteDescription(ROLLBACK));
            exchangeOfferAnswer(pc, peer);
            openChannel(pc.createDataChannel("later"));
        }
    }

    @Test
    @DisplayName("rollback of a local offer to negotiated stable state should enable applying of a remote offer")
    void localThenRemote() {
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            channelPair(pc, peer, false);
            get(pc.setLocalDescription());
            get(pc.setLocalDescription(ROLLBACK));
            exchangeOfferAnswer(peer, pc);
            openChannel(pc.createDataChannel("later"));
        }
    }

    @Test
    @DisplayName("Implicit rollback with only a datachannel works")
    void implicit() {
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            DataChannel channel = pc.createDataChannel("test");
            exchangeIceCandidates(pc, peer);
            get(pc.setLocalDescription());
            peer.createDataChannel("glare");
            exchangeOfferAnswer(peer, pc);
            assertEquals(SignalingState.STABLE, pc.signalingState());
            openChannel(channel);
        }
    }
}
