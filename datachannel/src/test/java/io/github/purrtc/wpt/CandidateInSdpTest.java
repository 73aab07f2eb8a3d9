package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.get;

/** RFC 9429 §4.1.9: what was gathered is part of the description. */
@DisplayName("RTCPeerConnection-candidate-in-sdp.https.html")
class CandidateInSdpTest {
    @Test
    @DisplayName("localDescription contains candidates")
    void contained() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            until("candidates", () -> described(pc.localDescription()).sdp().contains("\r\na=candidate:"));
        }
    }
}
