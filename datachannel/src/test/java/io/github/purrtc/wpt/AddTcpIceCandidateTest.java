package io.github.purrtc.wpt;

import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 6544: candidates of TCP are taken, also by a side that gathers none. */
@DisplayName("RTCPeerConnection-addTcpIceCandidate.html")
class AddTcpIceCandidateTest {
    private static final String CANDIDATE = "candidate:9 1 tcp 2105458943 127.0.0.1 8001 typ host tcptype passive";

    @Test
    @DisplayName("TCP candidate aimed at port 8001 accepted")
    void inTheDescription() {
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer(generateOffer().sdp() + "a=" + CANDIDATE + "\r\n")));
            get(pc.setLocalDescription());
        }
    }

    @Test
    @DisplayName("TCP addIceCandidate aimed at port 8001 accepted")
    void added() {
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(generateOffer()));
            get(pc.setLocalDescription());
            get(pc.addIceCandidate(new IceCandidate(CANDIDATE, null, 0, null)));
            assertTrue(described(pc.remoteDescription()).sdp().contains("a=" + CANDIDATE));
        }
    }
}
