package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import io.github.purrtc.RtcStatsReport;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-stats §8.13: the pair is there as soon as ICE is connected. */
@DisplayName("RTCIceConnectionState-candidate-pair.https.html")
class CandidatePairStatsTest {
    @Test
    @DisplayName("On ICE connected, getStats() contains a connected candidate-pair")
    void connected() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            CompletableFuture<RtcStatsReport> report = new CompletableFuture<>();
            a.onIceConnectionStateChange(state -> {
                if (state.toString().equals("connected")) {
                    a.getStats().thenAccept(report::complete);
                }
            });
            a.createDataChannel("test");
            exchangeIceCandidates(a, z);
            exchangeOfferAnswer(a, z);
            assertTrue(get(report).of(RtcStats.CandidatePair.class).stream()
                    .anyMatch(pair -> pair.state().equals("succeeded")));
        }
    }
}
