package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Instant;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** webrtc-pc §8.4, timestamp. */
@DisplayName("RTCPeerConnection-getStats-timestamp.https.html")
class GetStatsTimestampTest {
    @Test
    @DisplayName("RTCStats.timestamp is expressed as Performance time")
    void between() {
        try (PeerConnection pc = connection()) {
            Instant before = Instant.now();
            Instant stamp =
                    get(pc.getStats()).of(RtcStats.PeerConnection.class).get(0).timestamp();
            assertFalse(stamp.isBefore(before));
            assertFalse(stamp.isAfter(Instant.now()));
        }
    }
}
