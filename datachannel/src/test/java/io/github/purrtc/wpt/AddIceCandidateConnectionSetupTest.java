package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.openChannel;

/** RFC 8838: candidates one by one, on either side. */
@DisplayName("RTCPeerConnection-addIceCandidate-connectionSetup.html")
class AddIceCandidateConnectionSetupTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private final DataChannel channel = a.createDataChannel("test");

    @Test
    @DisplayName("Candidates are added dynamically; connection should work")
    void dynamically() {
        exchangeIceCandidates(a, z);
        exchangeWithoutCandidates(a, z);
        deliverCandidates(a, z);
        openChannel(channel);
    }

    @Test
    @DisplayName("Candidates are added at PC1; connection should work")
    void here() {
        exchangeWithoutCandidates(a, z);
        deliverCandidates(z, a);
        openChannel(channel);
    }

    @Test
    @DisplayName("Candidates are added at PC2; connection should work")
    void there() {
        exchangeWithoutCandidates(a, z);
        deliverCandidates(a, z);
        openChannel(channel);
    }
}
