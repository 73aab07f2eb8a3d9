package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.1.1, maxChannels. */
@DisplayName("RTCSctpTransport-maxChannels.html")
class SctpTransportMaxChannelsTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("An unconnected peerconnection must not have maxChannels set")
    void unconnected() {
        assertNull(a.sctp());
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        assertEquals(OptionalInt.empty(), sctpOf(a).maxChannels());
    }

    @Test
    @DisplayName("maxChannels gets instantiated after connecting")
    void connected() {
        channelPair(a, z, false);
        until("connected", () -> sctpOf(z).maxChannels().isPresent());
        assertTrue(sctpOf(a).maxChannels().orElseThrow() > 0);
        assertEquals(sctpOf(a).maxChannels(), sctpOf(z).maxChannels());
    }
}
