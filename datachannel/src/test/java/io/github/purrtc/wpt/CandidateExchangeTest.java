package io.github.purrtc.wpt;

import io.github.purrtc.IceConnectionState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SignalingState;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.CandidateType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** RFC 8445, RFC 8838: whose candidates are known to whom. */
@DisplayName("protocol/candidate-exchange.https.html")
class CandidateExchangeTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private static void awaitConnected(PeerConnection pc) {
        until(
                "connected",
                () -> pc.iceConnectionState() == IceConnectionState.CONNECTED
                        || pc.iceConnectionState() == IceConnectionState.COMPLETED);
    }

    private static void requirePeerReflexive(PeerConnection pc) {
        CandidatePair pair = pc.selectedCandidatePair();
        assertEquals(CandidateType.HOST, pair.local().type());
        assertEquals(CandidateType.PEER_REFLEXIVE, pair.remote().type());
    }

    @Test
    @DisplayName("Two way ICE exchange works")
    void bothWays() {
        List<IceConnectionState> states = new CopyOnWriteArrayList<>();
        a.onIceConnectionStateChange(states::add);
        a.createDataChannel("test");
        exchangeIceCandidates(a, z);
        exchangeOfferAnswer(a, z);
        awaitConnected(a);
        assertEquals(List.of(IceConnectionState.CHECKING, IceConnectionState.CONNECTED), states.subList(0, 2));
    }

    @Test
    @DisplayName("Adding only caller -> callee candidates gives a connection")
    void toTheCallee() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        deliverCandidates(a, z);
        awaitConnected(a);
        awaitConnected(z);
        requirePeerReflexive(a);
    }

    @Test
    @DisplayName("Adding only callee -> caller candidates gives a connection")
    void toTheCaller() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        deliverCandidates(z, a);
        awaitConnected(a);
        awaitConnected(z);
        requirePeerReflexive(z);
    }

    @Test
    @DisplayName("Adding callee -> caller candidates from end-of-candidates gives a connection")
    void atTheEnd() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        deliverCandidates(z, a);
        get(a.addIceCandidate(null));
        awaitConnected(a);
        awaitConnected(z);
        requirePeerReflexive(z);
    }

    @Test
    @DisplayName("Explicit offer/answer exchange gives a connection")
    void explicit() {
        a.createDataChannel("test");
        exchangeIceCandidates(a, z);
        get(a.setLocalDescription(get(a.createOffer())));
        get(z.setRemoteDescription(a.localDescription()));
        get(z.setLocalDescription(get(z.createAnswer())));
        get(a.setRemoteDescription(z.localDescription()));
        awaitConnected(a);
        awaitConnected(z);
    }

    @Test
    @DisplayName("Candidates always arrive after setLocalDescription(offer) resolves")
    void afterTheOffer() {
        a.createDataChannel("test");
        List<SignalingState> states = new CopyOnWriteArrayList<>();
        a.onIceCandidate(candidate -> states.add(a.signalingState()));
        get(a.setLocalDescription(get(a.createOffer())));
        until("candidates", () -> !states.isEmpty());
        assertFalse(states.contains(SignalingState.STABLE));
        assertEquals(SignalingState.HAVE_LOCAL_OFFER, states.get(0));
    }

    @Test
    @DisplayName("Candidates always arrive after setLocalDescription(answer) resolves")
    void afterTheAnswer() {
        a.createDataChannel("test");
        get(z.setRemoteDescription(get(a.createOffer())));
        List<String> descriptions = new CopyOnWriteArrayList<>();
        z.onIceCandidate(candidate ->
                descriptions.add(described(z.currentLocalDescription()).type().toString()));
        get(z.setLocalDescription(get(z.createAnswer())));
        until("candidates", () -> !descriptions.isEmpty());
        assertEquals("answer", descriptions.get(0));
    }
}
