package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.2, canTrickleIceCandidates. */
@DisplayName("RTCPeerConnection-canTrickleIceCandidates.html")
class CanTrickleIceCandidatesTest {
    private static SessionDescription withoutTrickle() {
        return offer(generateOffer().sdp().replaceAll("a=ice-options:[^\r]*\r\n", ""));
    }

    @Test
    @DisplayName("canTrickleIceCandidates property is null prior to setRemoteDescription")
    void before() {
        try (PeerConnection pc = connection()) {
            assertNull(pc.canTrickleIceCandidates());
        }
    }

    @Test
    @DisplayName("canTrickleIceCandidates property is true after setRemoteDescription with a=ice-options:trickle")
    void atSessionLevel() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(Boolean.TRUE, pc.canTrickleIceCandidates());
        }
    }

    @Test
    @DisplayName("canTrickleIceCandidates property is true if a=ice-options:trickle is at media level")
    void atMediaLevel() {
        String sdp = withoutTrickle().sdp().replace("a=mid:", "a=ice-options:trickle\r\na=mid:");
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer(sdp)));
            assertEquals(Boolean.TRUE, pc.canTrickleIceCandidates());
        }
    }

    @Test
    @DisplayName("canTrickleIceCandidates property is false after setRemoteDescription without a=ice-options:trickle")
    void without() {
        SessionDescription offer = withoutTrickle();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            assertEquals(Boolean.FALSE, pc.canTrickleIceCandidates());
        }
    }
}
