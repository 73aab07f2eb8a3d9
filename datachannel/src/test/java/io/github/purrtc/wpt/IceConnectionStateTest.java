package io.github.purrtc.wpt;

import io.github.purrtc.IceConnectionState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.3.3, RTCIceConnectionState. */
@DisplayName("RTCPeerConnection-iceConnectionState.https.html")
class IceConnectionStateTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private static boolean isConnected(PeerConnection pc) {
        return pc.iceConnectionState() == IceConnectionState.CONNECTED
                || pc.iceConnectionState() == IceConnectionState.COMPLETED;
    }

    @Test
    @DisplayName("Initial iceConnectionState should be new")
    void initial() {
        assertEquals(IceConnectionState.NEW, a.iceConnectionState());
    }

    @Test
    @DisplayName("Closing the connection should set iceConnectionState to closed")
    void closed() {
        a.close();
        assertEquals(IceConnectionState.CLOSED, a.iceConnectionState());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "connection with one data channel should eventually have connected or completed connection state",
                "connection with one data channel should eventually have connected connection state"
            })
    void connected(String name) {
        channelPair(a, z, false);
        until("connected", () -> isConnected(a) && isConnected(z));
        IceTransportState transport = sctpOf(a).transport().iceTransport().state();
        assertEquals(a.iceConnectionState().name(), transport.name());
    }

    @Test
    @DisplayName("Responder ICE connection state behaves as expected")
    void responder() {
        List<IceConnectionState> states = new CopyOnWriteArrayList<>();
        z.onIceConnectionStateChange(states::add);
        channelPair(a, z, false);
        until("connected", () -> isConnected(z));
        assertEquals(List.of(IceConnectionState.CHECKING, IceConnectionState.CONNECTED), states.subList(0, 2));
    }

    @Test
    @DisplayName("Closing a PeerConnection should not fire iceconnectionstatechange event")
    void closesSilently() {
        channelPair(a, z, false);
        List<IceConnectionState> states = new CopyOnWriteArrayList<>();
        get(a.getStats());
        a.onIceConnectionStateChange(states::add);
        a.close();
        assertEquals(List.of(), states);
    }
}
