package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.ErrorName;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
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
import static org.junit.jupiter.api.Assertions.assertThrows;

/** webrtc-pc §4.4.2, setRemoteDescription of an offer. */
@DisplayName("RTCPeerConnection-setRemoteDescription-offer.html")
class SetRemoteDescriptionOfferTest {
    @Test
    @DisplayName("setRemoteDescription with valid offer should succeed")
    void valid() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER), states);
            assertEquals(offer, pc.remoteDescription());
            assertEquals(offer, pc.pendingRemoteDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription multiple times should succeed")
    void severalTimes() {
        SessionDescription first = generateOffer();
        SessionDescription second = generateOffer();
        try (PeerConnection pc = connection()) {
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(first));
            get(pc.setRemoteDescription(second));
            assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER), states);
            assertEquals(second, pc.pendingRemoteDescription());
            assertNull(pc.currentRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription multiple times with different offer should succeed")
    void differentOffers() {
        SessionDescription first = get(connection().createOffer());
        SessionDescription second = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(first));
            get(pc.setRemoteDescription(second));
            assertEquals(second, pc.pendingRemoteDescription());
            get(pc.setLocalDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(offer) with invalid SDP should reject with RTCError")
    void syntax() {
        try (PeerConnection pc = connection()) {
            RtcException e = assertThrows(RtcException.class, () -> get(pc.setRemoteDescription(offer("Invalid SDP"))));
            RtcErrorDetails details = e.details().orElseThrow();
            assertEquals(RtcErrorDetail.SDP_SYNTAX_ERROR, details.errorDetail());
            assertEquals(OptionalInt.of(1), details.sdpLineNumber());
            assertEquals(SignalingState.STABLE, pc.signalingState());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(offer) from have-local-offer should roll back and succeed")
    void implicitRollback() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            assertEquals(List.of(SignalingState.STABLE, SignalingState.HAVE_REMOTE_OFFER), states);
            assertNull(pc.pendingLocalDescription());
            assertEquals(offer, pc.pendingRemoteDescription());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(offer) from have-local-offer fires signalingstatechange twice")
    void twoEvents() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setLocalDescription());
            List<SignalingState> states = states(pc);
            get(pc.setRemoteDescription(offer));
            assertEquals(2, states.size());
        }
    }

    @Test
    @DisplayName("Naive rollback approach is not glare-proof (control)")
    void explicitRollbackIsTooLate() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            z.createDataChannel("test");
            get(a.setLocalDescription());
            get(z.setLocalDescription());
            SessionDescription offer = a.localDescription();
            CompletionStage<Void> rollback = z.setLocalDescription(ROLLBACK);
            CompletionStage<Void> remote = z.setRemoteDescription(offer);
            get(rollback);
            get(remote);
            assertEquals(SignalingState.HAVE_REMOTE_OFFER, z.signalingState());
        }
    }

    @Test
    @DisplayName("setRemoteDescription(invalidOffer) from have-local-offer does not undo rollback")
    void invalidOfferAfterRollback() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            assertEquals(ErrorName.OPERATION_ERROR, failure(pc.setRemoteDescription(offer("invalid"))));
            assertEquals(SignalingState.STABLE, pc.signalingState());
            assertNull(pc.pendingLocalDescription());
            assertNull(pc.pendingRemoteDescription());
        }
    }

    @Test
    @DisplayName("repeated sRD(offer) works")
    void repeated() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            for (int i = 0; i < 3; i++) {
                get(pc.setRemoteDescription(offer));
            }
            get(pc.setLocalDescription());
            get(pc.setRemoteDescription(offer));
            assertEquals(SignalingState.HAVE_REMOTE_OFFER, pc.signalingState());
        }
    }

    @Test
    @DisplayName("sRD(reoffer) with candidates and without trickle works")
    void reofferWithoutTrickle() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("test");
            exchangeIceCandidates(a, z);
            exchangeOfferAnswer(a, z);
            openChannel(channel);
            until("gathered", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            get(a.setLocalDescription());
            String sdp = described(a.localDescription()).sdp().replaceAll("a=ice-options:[^\r]*\r\n", "");
            get(z.setRemoteDescription(offer(sdp)));
            get(z.setLocalDescription());
            get(a.setRemoteDescription(z.localDescription()));
            assertEquals(DataChannelState.OPEN, channel.readyState());
        }
    }

    @Test
    @DisplayName(
            "setRemoteDescription(offer) in stable should update internal state with a queued task, in the right order")
    void inOrder() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertEquals(SignalingState.HAVE_REMOTE_OFFER, pc.signalingState());
                assertEquals(
                        SdpType.OFFER, described(pc.pendingRemoteDescription()).type());
                events.add("state");
            });
            get(pc.setRemoteDescription(offer).thenRun(() -> events.add("resolved")));
            assertEquals(List.of("state", "resolved"), events);
        }
    }

    @Test
    @DisplayName(
            "setRemoteDescription(offer) in have-local-offer should update internal state with a queued task, in the right order")
    void inOrderUnderGlare() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            List<String> events = new CopyOnWriteArrayList<>();
            pc.onSignalingStateChange(state -> {
                assertNull(pc.pendingLocalDescription());
                events.add(state.toString());
            });
            get(pc.setRemoteDescription(offer).thenRun(() -> events.add("resolved")));
            assertEquals(List.of("stable", "have-remote-offer", "resolved"), events);
        }
    }

    @Test
    @DisplayName("setRemoteDescription(offer) from have-local-offer is glare-proof")
    void glareProof() {
        try (PeerConnection pc = connection();
                PeerConnection peer = connection()) {
            pc.createDataChannel("test");
            peer.createDataChannel("test");
            SessionDescription theirs = get(peer.createOffer());
            CompletionStage<Void> local = pc.setLocalDescription();
            CompletionStage<Void> remote = pc.setRemoteDescription(theirs);
            CompletionStage<Void> answer = pc.setLocalDescription();
            get(local);
            get(remote);
            get(answer);
            assertEquals(SignalingState.STABLE, pc.signalingState());
            assertEquals(SdpType.ANSWER, described(pc.localDescription()).type());
        }
    }
}
