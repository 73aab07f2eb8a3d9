package io.github.purrtc.wpt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.purrtc.wpt.Wpt.openChannel;

/** webrtc-pc §10.7: glare again before the last one is over. */
@DisplayName("RTCPeerConnection-perfect-negotiation-stress-glare.https.html")
class PerfectNegotiationStressGlareTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Perfect negotiation stress glare", "Perfect negotiation stress glare with roles reversed"})
    void glare(String name) {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            boolean reversed = name.endsWith("reversed");
            NegotiatingPair.Peer first = reversed ? pair.impolite : pair.polite;
            NegotiatingPair.Peer second = reversed ? pair.polite : pair.impolite;
            openChannel(first.connection.createDataChannel("test"));
            int rounds = Integer.getInteger("purrtc.negotiations", 100);
            for (int i = 0; i < rounds; i++) {
                first.connection.restartIce();
                second.connection.restartIce();
                if (i % 10 == 0) {
                    pair.awaitStable();
                }
            }
            pair.awaitStable();
            openChannel(second.connection.createDataChannel("after"));
            pair.assertNoErrors();
        }
    }
}
