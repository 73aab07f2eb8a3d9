package io.github.purrtc.wpt;

import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicInteger;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.ROLLBACK;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.fragment;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.password;
import static io.github.purrtc.wpt.Wpt.settle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** webrtc-pc §4.4.2, restartIce. */
@DisplayName("RTCPeerConnection-restartIce.https.html")
class RestartIceTest {
    private final PeerConnection pc1 = connection();
    private final PeerConnection pc2 = connection();
    private final AtomicInteger told = new AtomicInteger();

    @AfterEach
    void close() {
        pc1.close();
        pc2.close();
    }

    private void negotiated() {
        pc1.createDataChannel("test");
        exchangeIceCandidates(pc1, pc2);
        exchangeOfferAnswer(pc1, pc2);
        pc1.onNegotiationNeeded(told::incrementAndGet);
        settle(pc1);
        told.set(0);
    }

    @Test
    @DisplayName("restartIce() has no effect on a closed peer connection")
    void closed() {
        pc1.onNegotiationNeeded(told::incrementAndGet);
        pc1.close();
        pc1.restartIce();
        assertEquals(0, told.get());
    }

    @Test
    @DisplayName("restartIce() does not trigger negotiation ahead of initial negotiation")
    void beforeTheFirst() {
        pc1.onNegotiationNeeded(told::incrementAndGet);
        pc1.restartIce();
        settle(pc1);
        assertEquals(0, told.get());
    }

    @Test
    @DisplayName("restartIce() has no effect on initial negotiation")
    void duringTheFirst() {
        pc1.createDataChannel("test");
        pc1.restartIce();
        String offered = fragment(get(pc1.createOffer()));
        exchangeOfferAnswer(pc1, pc2);
        assertEquals(offered, fragment(pc1.localDescription()));
        pc1.onNegotiationNeeded(told::incrementAndGet);
        settle(pc1);
        assertEquals(0, told.get());
    }

    @Test
    @DisplayName("restartIce() fires negotiationneeded after initial negotiation")
    void fires() {
        negotiated();
        pc1.restartIce();
        until("negotiationneeded", () -> told.get() == 1);
    }

    @Test
    @DisplayName("restartIce() causes fresh ufrags")
    void freshCredentials() {
        negotiated();
        String of1 = fragment(pc1.localDescription());
        String of2 = fragment(pc2.localDescription());
        String password1 = password(pc1.localDescription());
        String password2 = password(pc2.localDescription());
        pc1.restartIce();
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(of1, fragment(pc1.localDescription()));
        assertNotEquals(of2, fragment(pc2.localDescription()));
        assertNotEquals(password1, password(pc1.localDescription()));
        assertNotEquals(password2, password(pc2.localDescription()));
        of1 = fragment(pc1.localDescription());
        of2 = fragment(pc2.localDescription());
        // Once: the next negotiation keeps them.
        exchangeOfferAnswer(pc1, pc2);
        assertEquals(of1, fragment(pc1.localDescription()));
        assertEquals(of2, fragment(pc2.localDescription()));
    }

    @Test
    @DisplayName("restartIce() works in have-local-offer")
    void inHaveLocalOffer() {
        negotiated();
        String before = fragment(pc1.localDescription());
        get(pc1.setLocalDescription());
        pc1.restartIce();
        get(pc2.setRemoteDescription(pc1.localDescription()));
        get(pc2.setLocalDescription());
        get(pc1.setRemoteDescription(pc2.localDescription()));
        assertEquals(before, fragment(pc1.localDescription()));
        until("negotiationneeded", () -> told.get() == 1);
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(before, fragment(pc1.localDescription()));
        settle(pc1);
        assertEquals(1, told.get());
    }

    @Test
    @DisplayName("restartIce() works in initial have-local-offer")
    void inInitialHaveLocalOffer() {
        pc1.createDataChannel("test");
        exchangeIceCandidates(pc1, pc2);
        get(pc1.setLocalDescription());
        String before = fragment(pc1.localDescription());
        pc1.restartIce();
        get(pc2.setRemoteDescription(pc1.localDescription()));
        get(pc2.setLocalDescription());
        get(pc1.setRemoteDescription(pc2.localDescription()));
        assertEquals(before, fragment(pc1.localDescription()));
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(before, fragment(pc1.localDescription()));
    }

    @Test
    @DisplayName("restartIce() works in have-remote-offer")
    void inHaveRemoteOffer() {
        negotiated();
        String before = fragment(pc1.localDescription());
        get(pc2.setLocalDescription());
        get(pc1.setRemoteDescription(pc2.localDescription()));
        pc1.restartIce();
        get(pc1.setLocalDescription());
        get(pc2.setRemoteDescription(pc1.localDescription()));
        assertEquals(before, fragment(pc1.localDescription()));
        until("negotiationneeded", () -> told.get() == 1);
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(before, fragment(pc1.localDescription()));
    }

    @Test
    @DisplayName("restartIce() does nothing in initial have-remote-offer")
    void inInitialHaveRemoteOffer() {
        pc2.createDataChannel("test");
        get(pc2.setLocalDescription());
        get(pc1.setRemoteDescription(pc2.localDescription()));
        pc1.restartIce();
        get(pc1.setLocalDescription());
        get(pc2.setRemoteDescription(pc1.localDescription()));
        pc1.onNegotiationNeeded(told::incrementAndGet);
        settle(pc1);
        assertEquals(0, told.get());
    }

    @Test
    @DisplayName("restartIce() survives remote offer")
    void survivesRemoteOffer() {
        negotiated();
        String before = fragment(pc1.localDescription());
        pc1.restartIce();
        exchangeOfferAnswer(pc2, pc1);
        assertEquals(before, fragment(pc1.localDescription()));
        until("negotiationneeded", () -> told.get() >= 1);
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(before, fragment(pc1.localDescription()));
    }

    @Test
    @DisplayName("restartIce() is satisfied by remote ICE restart")
    void satisfiedByTheOther() {
        negotiated();
        String before = fragment(pc1.localDescription());
        pc1.restartIce();
        until("negotiationneeded", () -> told.get() == 1);
        get(pc2.setLocalDescription(get(pc2.createOffer(OfferOption.ICE_RESTART))));
        get(pc1.setRemoteDescription(pc2.localDescription()));
        get(pc1.setLocalDescription());
        get(pc2.setRemoteDescription(pc1.localDescription()));
        String after = fragment(pc1.localDescription());
        assertNotEquals(before, after);
        settle(pc1);
        assertEquals(1, told.get());
        assertEquals(after, fragment(get(pc1.createOffer())));
    }

    @Test
    @DisplayName("restartIce() trumps {iceRestart: false}")
    void trumpsTheOption() {
        negotiated();
        String before = fragment(pc1.localDescription());
        pc1.restartIce();
        assertNotEquals(before, fragment(get(pc1.createOffer())));
    }

    @Test
    @DisplayName("restartIce() survives rollback")
    void survivesRollback() {
        negotiated();
        String before = fragment(pc1.localDescription());
        pc1.restartIce();
        until("negotiationneeded", () -> told.get() == 1);
        get(pc1.setLocalDescription());
        assertNotEquals(before, fragment(pc1.localDescription()));
        get(pc1.setLocalDescription(ROLLBACK));
        assertEquals(before, fragment(pc1.localDescription()));
        until("negotiationneeded again", () -> told.get() == 2);
        exchangeOfferAnswer(pc1, pc2);
        assertNotEquals(before, fragment(pc1.localDescription()));
    }

    @Test
    @DisplayName("restartIce() survives remote offer containing partial restart")
    void optionAlone() {
        negotiated();
        String before = fragment(pc1.localDescription());
        SessionDescription restarting = get(pc1.createOffer(OfferOption.ICE_RESTART));
        assertNotEquals(before, fragment(restarting));
        get(pc1.setLocalDescription(new SessionDescription(SdpType.OFFER, "")));
        // Candidates come behind it, as they are found.
        assertEquals(
                restarting.sdp(),
                pc1.localDescription().sdp().substring(0, restarting.sdp().length()));
    }
}
