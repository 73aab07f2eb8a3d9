package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.remoteCandidates;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §8.6: a fragment that only checks have shown is not told. */
@DisplayName("webrtc-stats/getStats-remote-candidate-ufrag.html")
class RemoteCandidateUfragTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Do not expose in stats remote ufrags that are not known via signaling")
    void hidden() {
        DataChannel channel = a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        deliverCandidates(a, z);
        openChannel(channel);
        assertTrue(remoteCandidates(a).stream().allMatch(each -> each.usernameFragment() == null));
    }
}
