package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** RFC 8827 §6.5: keys are never in the description. */
@DisplayName("protocol/sdes-dont-dont-dont.html")
class SdesTest {
    @Test
    @DisplayName("Does not create offers with SDES")
    void notOffered() {
        assertFalse(generateOffer().sdp().contains("a=crypto"));
    }

    @Test
    @DisplayName("rejects a remote offer that only includes SDES and no DTLS fingerprint")
    void notTaken() {
        String sdp = generateOffer()
                .sdp()
                .replaceAll("a=fingerprint:[^\r]*", "a=crypto:0 AES_CM_128_HMAC_SHA1_80 inline:" + "A".repeat(40));
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_ACCESS_ERROR, failure(pc.setRemoteDescription(offer(sdp))));
        }
    }
}
