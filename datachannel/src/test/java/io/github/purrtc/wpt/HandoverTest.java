package io.github.purrtc.wpt;

import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 9429 §5.11: an ICE restart may lead to somebody else. */
@DisplayName("protocol/handover.html")
class HandoverTest {
    private final PeerConnection offerer = connection();
    private final PeerConnection first = connection();
    private final PeerConnection second = connection();

    @AfterEach
    void close() {
        offerer.close();
        first.close();
        second.close();
    }

    private static void exchange(PeerConnection from, SessionDescription offer, PeerConnection to) {
        get(from.setLocalDescription(offer));
        get(to.setRemoteDescription(offer));
        SessionDescription answer = get(to.createAnswer());
        get(from.setRemoteDescription(answer));
        get(to.setLocalDescription(answer));
    }

    private void requireAllStable() {
        assertEquals(SignalingState.STABLE, offerer.signalingState());
        assertEquals(SignalingState.STABLE, second.signalingState());
    }

    @Test
    @DisplayName("Negotiation of handover initiated at caller works")
    void atTheCaller() {
        offerer.createDataChannel("test");
        exchange(offerer, get(offerer.createOffer()), first);
        exchange(offerer, get(offerer.createOffer(OfferOption.ICE_RESTART)), second);
        requireAllStable();
    }

    @Test
    @DisplayName("Negotiation of handover initiated at callee works")
    void atTheCallee() {
        offerer.createDataChannel("test");
        SessionDescription offer = get(offerer.createOffer());
        exchange(offerer, offer, first);
        // The new peer learns the sections and their mids from the first offer; its answer to that goes nowhere.
        get(second.setRemoteDescription(offer));
        get(second.setLocalDescription());
        exchange(second, get(second.createOffer(OfferOption.ICE_RESTART)), offerer);
        requireAllStable();
    }
}
