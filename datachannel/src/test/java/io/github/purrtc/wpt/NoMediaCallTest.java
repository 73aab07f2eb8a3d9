package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** Descriptions without a section. */
@DisplayName("no-media-call.html")
class NoMediaCallTest {
    @Test
    @DisplayName("Can set up a basic WebRTC call with no data.")
    void nothing() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            exchangeIceCandidates(a, z);
            exchangeOfferAnswer(a, z);
            assertEquals(SignalingState.STABLE, a.signalingState());
            assertEquals(SignalingState.STABLE, z.signalingState());
            assertEquals(PeerConnectionState.NEW, a.connectionState());
            assertNull(a.sctp());
        }
    }
}
