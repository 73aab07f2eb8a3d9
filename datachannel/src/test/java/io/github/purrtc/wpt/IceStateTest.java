package io.github.purrtc.wpt;

import io.github.purrtc.IceConnectionState;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8838, RFC 8445 §6.1. */
@DisplayName("protocol/ice-state.https.html")
class IceStateTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("PC should enter connected (or completed) state when candidates are sent")
    void connected() {
        channelPair(a, z, false);
        until(
                "connected",
                () -> a.iceConnectionState() == IceConnectionState.CONNECTED
                        || a.iceConnectionState() == IceConnectionState.COMPLETED);
    }

    @Test
    @DisplayName("PC should generate offer with a=ice-options:trickle")
    void trickle() {
        a.createDataChannel("test");
        assertTrue(get(a.createOffer()).sdp().contains("a=ice-options:trickle"));
    }
}
