package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.fragment;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-stats §8.11, before the peer has answered. */
@DisplayName("RTCPeerConnection-transport-stats.https.html")
class TransportStatsTest {
    private static RtcStats.Transport described(PeerConnection pc) {
        pc.createDataChannel("test");
        get(pc.setLocalDescription());
        return get(pc.getStats()).of(RtcStats.Transport.class).get(0);
    }

    @Test
    @DisplayName("DTLS statistics on transport-stats after setLocalDescription")
    void dtls() {
        try (PeerConnection pc = connection()) {
            RtcStats.Transport stats = described(pc);
            assertEquals("unknown", stats.dtlsRole());
            assertEquals("new", stats.dtlsState());
        }
    }

    @Test
    @DisplayName("ICE statistics on transport-stats after setLocalDescription")
    void ice() {
        try (PeerConnection pc = connection()) {
            RtcStats.Transport stats = described(pc);
            assertEquals("controlling", stats.iceRole());
            assertEquals("new", stats.iceState());
            assertEquals(fragment(pc.localDescription()), stats.iceLocalUsernameFragment());
        }
    }
}
