package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 3264 §6: what is not known is rejected in its place. */
@DisplayName("protocol/unknown-mediatypes.html")
class UnknownMediaTypesTest {
    @Test
    @DisplayName("Unknown media types are rejected with the port set to 0")
    void rejected() {
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer(generateOffer().sdp().replace("m=application", "m=unicorns"))));
            get(pc.setLocalDescription());
            String[] parts = described(pc.localDescription()).sdp().split("\r\nm=", -1);
            assertEquals(2, parts.length);
            assertTrue(parts[1].startsWith("unicorns 0 "), parts[1]);
        }
    }
}
