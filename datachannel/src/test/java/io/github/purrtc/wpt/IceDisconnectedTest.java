package io.github.purrtc.wpt;

import io.github.purrtc.IceConnectionState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 7675: a peer from which nothing comes any more. */
@DisplayName("RTCPeerConnection-iceConnectionState-disconnected.https.html")
class IceDisconnectedTest {
    @Test
    @DisplayName("ICE goes to disconnected if the other side goes away")
    void goesAway() {
        PeerConnection z = connection();
        try (PeerConnection a = connection()) {
            channelPair(a, z, false);
            BlockingQueue<IceConnectionState> states = new LinkedBlockingQueue<>();
            a.onIceConnectionStateChange(states::add);
            z.close();
            assertEquals(IceConnectionState.DISCONNECTED, poll(states));
        }
    }

    @Test
    @DisplayName("ICE restart when ICE is disconnected results in checking then connected")
    void restarted() {
        try (CuttablePair pair = new CuttablePair()) {
            pair.connect();
            pair.cut();
            until("disconnected", () -> pair.a.iceConnectionState() == IceConnectionState.DISCONNECTED);
            until("disconnected", () -> pair.a.connectionState() == PeerConnectionState.DISCONNECTED);
            BlockingQueue<IceConnectionState> states = new LinkedBlockingQueue<>();
            pair.a.onIceConnectionStateChange(states::add);
            pair.a.restartIce();
            pair.negotiate();
            pair.mend();
            assertEquals(IceConnectionState.CHECKING, poll(states));
            assertEquals(IceConnectionState.CONNECTED, poll(states));
        }
    }
}
