package io.github.purrtc.wpt;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.purrtc.wpt.Wpt.openChannel;

/** webrtc-pc §10.7: glare again and again, each time from the stable state. */
@DisplayName("RTCPeerConnection-perfect-negotiation-stress-glare-linear.https.html")
class PerfectNegotiationStressGlareLinearTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Perfect negotiation stress glare linear",
                "Perfect negotiation stress glare linear with roles reversed"
            })
    void glare(String name) {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            boolean reversed = name.endsWith("reversed");
            NegotiatingPair.Peer first = reversed ? pair.impolite : pair.polite;
            NegotiatingPair.Peer second = reversed ? pair.polite : pair.impolite;
            openChannel(first.connection.createDataChannel("test"));
            int rounds = Integer.getInteger("purrtc.negotiations", 30);
            for (int i = 0; i < rounds; i++) {
                first.connection.restartIce();
                second.connection.restartIce();
                pair.awaitStable();
            }
            pair.awaitStable();
            openChannel(second.connection.createDataChannel("after"));
            pair.assertNoErrors();
        }
    }
}
