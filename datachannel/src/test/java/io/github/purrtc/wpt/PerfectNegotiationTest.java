package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.purrtc.wpt.Wpt.openChannel;

/** webrtc-pc §10.7: whoever negotiates so never fails. */
@DisplayName("RTCPeerConnection-perfect-negotiation.https.html")
class PerfectNegotiationTest {
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {"Perfect negotiation setup connects", "Perfect negotiation setup connects with roles reversed"})
    void connects(String name) {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            NegotiatingPair.Peer first = name.endsWith("reversed") ? pair.impolite : pair.polite;
            openChannel(first.connection.createDataChannel("test"));
            pair.assertNoErrors();
        }
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(strings = {"Perfect negotiation glare", "Perfect negotiation glare with roles reversed"})
    void glare(String name) {
        try (NegotiatingPair pair = new NegotiatingPair()) {
            boolean reversed = name.endsWith("reversed");
            NegotiatingPair.Peer first = reversed ? pair.impolite : pair.polite;
            NegotiatingPair.Peer second = reversed ? pair.polite : pair.impolite;
            DataChannel one = first.connection.createDataChannel("one");
            DataChannel two = second.connection.createDataChannel("two");
            openChannel(one);
            openChannel(two);
            pair.awaitStable();
            pair.assertNoErrors();
        }
    }
}
