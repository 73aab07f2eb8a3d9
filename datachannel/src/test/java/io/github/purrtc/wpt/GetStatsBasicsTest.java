package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import io.github.purrtc.RtcStatsReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §8.2, getStats. */
@DisplayName("RTCPeerConnection-getStats.https.html")
class GetStatsBasicsTest {
    @Test
    @DisplayName(
            "getStats() with no argument should return stats report containing peer-connection stats on an empty PC")
    void fresh() {
        try (PeerConnection pc = connection()) {
            RtcStatsReport report = get(pc.getStats());
            assertEquals(1, report.of(RtcStats.PeerConnection.class).size());
            assertEquals(List.of(), report.of(RtcStats.Transport.class));
        }
    }

    @Test
    @DisplayName("getStats() on a closed connection still answers")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(1, get(pc.getStats()).of(RtcStats.PeerConnection.class).size());
    }

    @Test
    @DisplayName("data channel labels are written as JSON")
    void escapes() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("a \"b\" \\ \n");
            String json = get(pc.getStats()).toJson();
            assertTrue(json.contains("\"label\":\"a \\\"b\\\" \\\\ \\u000a\""), json);
        }
    }

    @Test
    @DisplayName("getStats() with no argument should succeed")
    void succeeds() {
        try (PeerConnection pc = connection()) {
            assertTrue(get(pc.getStats()).stats().size() > 0);
        }
    }
}
