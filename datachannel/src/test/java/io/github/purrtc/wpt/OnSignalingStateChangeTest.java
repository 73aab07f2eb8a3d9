package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.1.5: signalingstatechange. */
@DisplayName("RTCPeerConnection-onsignalingstatechanged.https.html")
class OnSignalingStateChangeTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Negotiation methods fire signalingstatechange events")
    void negotiation() {
        List<SignalingState> here = states(a);
        List<SignalingState> there = states(z);
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE), here);
        assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE), there);
    }

    @Test
    @DisplayName("Closing a PeerConnection should not fire signalingstatechange event")
    void closing() {
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        List<SignalingState> states = states(z);
        z.close();
        a.close();
        assertEquals(List.of(), states);
    }
}
