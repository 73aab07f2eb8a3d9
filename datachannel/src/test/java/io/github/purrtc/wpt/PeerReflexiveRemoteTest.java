package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-stats §8.12: a peer of which only its packets are known. */
@DisplayName("RTCIceTransport-peer-reflexive-remote.html")
class PeerReflexiveRemoteTest {
    @Test
    @DisplayName("remote-candidate stats do not expose the address of a peer-reflexive candidate")
    void stats() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("test");
            exchangeWithoutCandidates(a, z);
            deliverCandidates(z, a);
            openChannel(channel);
            List<RtcStats.IceCandidate> remote = get(z.getStats()).of(RtcStats.IceCandidate.class).stream()
                    .filter(each -> each.type().equals("remote-candidate"))
                    .toList();
            assertFalse(remote.isEmpty());
            for (RtcStats.IceCandidate each : remote) {
                assertEquals("prflx", each.candidateType());
                assertNull(each.address());
            }
        }
    }
}
