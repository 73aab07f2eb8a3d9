package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.openChannel;

/** Perfect negotiation: whoever offers, whenever, both sides end up stable and without an error. */
@DisplayName("RTCPeerConnection-perfect-negotiation.https.html")
class PerfectNegotiationTest {
    @Test
    @DisplayName("Perfect negotiation setup connects")
    void connects() {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            DataChannel channel = pair.polite.connection.createDataChannel("test");
            openChannel(channel);
            pair.assertNoErrors();
        }
    }

    @Test
    @DisplayName("Perfect negotiation survives glare")
    void glare() {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            DataChannel first = pair.polite.connection.createDataChannel("polite");
            DataChannel second = pair.impolite.connection.createDataChannel("impolite");
            openChannel(first);
            openChannel(second);
            pair.awaitStable();
            pair.assertNoErrors();
        }
    }

    @Test
    @DisplayName("Perfect negotiation stress glare setup connects")
    void repeatedGlare() {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            openChannel(pair.polite.connection.createDataChannel("test"));
            int rounds = Integer.getInteger("purrtc.negotiations", 200);
            for (int i = 0; i < rounds; i++) {
                pair.polite.connection.restartIce();
                pair.impolite.connection.restartIce();
                if (i % 10 == 0) {
                    pair.awaitStable();
                }
            }
            pair.awaitStable();
            openChannel(pair.impolite.connection.createDataChannel("after"));
            pair.assertNoErrors();
        }
    }
}
