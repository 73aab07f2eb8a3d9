package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.origin;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** webrtc-pc §4.4.2, setRemoteDescription. */
@DisplayName("RTCPeerConnection-setRemoteDescription.html")
class SetRemoteDescriptionTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("setRemoteDescription with invalid type and invalid SDP should reject with TypeError")
    void unknownType() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> SdpType.of("invalid")));
    }

    @Test
    @DisplayName("setRemoteDescription() with invalid SDP and stable state should reject with InvalidStateError")
    void wrongState() {
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(a.setRemoteDescription(answer("invalid"))));
    }

    @Test
    @DisplayName("Negotiation should fire signalingsstate events")
    void events() {
        List<SignalingState> here = states(a);
        List<SignalingState> there = states(z);
        exchangeOfferAnswer(a, z);
        assertEquals(List.of(SignalingState.HAVE_LOCAL_OFFER, SignalingState.STABLE), here);
        assertEquals(List.of(SignalingState.HAVE_REMOTE_OFFER, SignalingState.STABLE), there);
    }

    @Test
    @DisplayName("Calling setRemoteDescription() again after one round of remote-offer/local-answer should succeed")
    void again() {
        exchangeOfferAnswer(a, z);
        String first = origin(z.currentRemoteDescription());
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        assertNotEquals(first, origin(z.currentRemoteDescription()));
        assertEquals(SdpType.OFFER, described(z.currentRemoteDescription()).type());
    }

    @Test
    @DisplayName("Switching role from offerer to answerer after going back to stable state should succeed")
    void switched() {
        exchangeOfferAnswer(a, z);
        z.createDataChannel("test");
        exchangeOfferAnswer(z, a);
        assertEquals(SdpType.OFFER, described(a.currentRemoteDescription()).type());
        assertEquals(SdpType.ANSWER, described(a.currentLocalDescription()).type());
    }
}
