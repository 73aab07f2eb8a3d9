package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.IceConnectionState;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SignalingState;
import io.github.purrtc.dtls.DtlsTransportState;
import io.github.purrtc.ice.IceTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.settle;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.3.3: the states of the whole. */
@DisplayName("RTCPeerConnection-connectionState.https.html")
class StatesTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("Initial connectionState should be new")
    void initial() {
        assertEquals(PeerConnectionState.NEW, a.connectionState());
        assertEquals(IceConnectionState.NEW, a.iceConnectionState());
        assertEquals(IceGatheringState.NEW, a.iceGatheringState());
        assertEquals(SignalingState.STABLE, a.signalingState());
    }

    @Test
    @DisplayName("Closing the connection should set connectionState to closed")
    void closed() {
        a.close();
        assertEquals(PeerConnectionState.CLOSED, a.connectionState());
    }

    @Test
    @DisplayName("Closing a PeerConnection should not fire connectionstatechange event")
    void closedSilently() {
        channelPair(a, z, false);
        until("connected", () -> a.connectionState() == PeerConnectionState.CONNECTED);
        List<PeerConnectionState> states = new CopyOnWriteArrayList<>();
        a.onConnectionStateChange(states::add);
        a.close();
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("connection with one data channel should eventually have connected connection state")
    void eventually() {
        channelPair(a, z, false);
        until("connected", () -> a.connectionState() == PeerConnectionState.CONNECTED);
        until("connected", () -> z.connectionState() == PeerConnectionState.CONNECTED);
    }

    @Test
    @DisplayName("connection with one data channel should eventually have transports in connected state")
    void transports() {
        channelPair(a, z, false);
        for (PeerConnection each : List.of(a, z)) {
            until("connected", () -> each.connectionState() == PeerConnectionState.CONNECTED);
            assertEquals(DtlsTransportState.CONNECTED, sctpOf(each).transport().state());
            IceTransportState ice = sctpOf(each).transport().iceTransport().state();
            assertTrue(ice == IceTransportState.CONNECTED || ice == IceTransportState.COMPLETED, ice.toString());
        }
    }

    @Test
    @DisplayName("connectionState transitions to connected via connecting")
    void connected() {
        List<PeerConnectionState> states = new CopyOnWriteArrayList<>();
        a.onConnectionStateChange(states::add);
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        assertEquals(List.of(PeerConnectionState.CONNECTING, PeerConnectionState.CONNECTED), states);
    }

    @Test
    @DisplayName("connectionState remains new when not adding remote ice candidates")
    void noCandidates() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        settle(a);
        assertEquals(PeerConnectionState.NEW, a.connectionState());
        assertEquals(IceConnectionState.NEW, a.iceConnectionState());
    }
}
