package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 9429 §5.11: other fingerprints come with an ICE restart. */
@DisplayName("protocol/fingerprint-change-requires-ice-restart.html")
class FingerprintChangeTest {
    private static String otherFingerprint(String sdp) {
        return sdp.replaceAll("a=fingerprint:sha-256 [^\r]*", "a=fingerprint:sha-256 " + "BA:".repeat(31) + "55");
    }

    @Test
    @DisplayName("setRemoteDescription rejects a changed DTLS fingerprint without an ICE restart")
    void answer() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            exchangeOfferAnswer(a, z);
            get(a.setLocalDescription());
            get(z.setRemoteDescription(a.localDescription()));
            String changed = otherFingerprint(get(z.createAnswer()).sdp());
            assertEquals(
                    ErrorName.INVALID_ACCESS_ERROR,
                    failure(a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, changed))));
        }
    }

    @Test
    @DisplayName("setRemoteDescription rejects a changed DTLS fingerprint in a re-offer without an ICE restart")
    void reoffer() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("test");
            exchangeOfferAnswer(a, z);
            String changed = otherFingerprint(get(a.createOffer()).sdp());
            assertEquals(
                    ErrorName.INVALID_ACCESS_ERROR,
                    failure(z.setRemoteDescription(new SessionDescription(SdpType.OFFER, changed))));
        }
    }
}
