package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.IceConnectionState;
import io.github.purrtc.IceGatheringState;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.PeerConnectionState;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.4.1: what a connection is at first. */
@DisplayName("RTCPeerConnection-constructor.html")
class ConstructorTest {
    private final PeerConnection pc = new PeerConnection();

    @AfterEach
    void close() {
        pc.close();
    }

    @Test
    @DisplayName("new RTCPeerConnection()")
    void withoutConfiguration() {
        assertEquals(Configuration.DEFAULT, pc.configuration());
    }

    @Test
    @DisplayName("new RTCPeerConnection({})")
    void emptyConfiguration() {
        new PeerConnection(Configuration.builder().build()).close();
    }

    @Test
    @DisplayName("new RTCPeerConnection({ certificates: [] })")
    void noCertificates() {
        new PeerConnection(Configuration.builder().certificates(List.of()).build()).close();
    }

    @Test
    @DisplayName("localDescription initial value")
    void localDescription() {
        assertNull(pc.localDescription());
    }

    @Test
    @DisplayName("currentLocalDescription initial value")
    void currentLocalDescription() {
        assertNull(pc.currentLocalDescription());
    }

    @Test
    @DisplayName("pendingLocalDescription initial value")
    void pendingLocalDescription() {
        assertNull(pc.pendingLocalDescription());
    }

    @Test
    @DisplayName("remoteDescription initial value")
    void remoteDescription() {
        assertNull(pc.remoteDescription());
    }

    @Test
    @DisplayName("currentRemoteDescription initial value")
    void currentRemoteDescription() {
        assertNull(pc.currentRemoteDescription());
    }

    @Test
    @DisplayName("pendingRemoteDescription initial value")
    void pendingRemoteDescription() {
        assertNull(pc.pendingRemoteDescription());
    }

    @Test
    @DisplayName("signalingState initial value")
    void signalingState() {
        assertEquals(SignalingState.STABLE, pc.signalingState());
    }

    @Test
    @DisplayName("iceGatheringState initial value")
    void iceGatheringState() {
        assertEquals(IceGatheringState.NEW, pc.iceGatheringState());
    }

    @Test
    @DisplayName("iceConnectionState initial value")
    void iceConnectionState() {
        assertEquals(IceConnectionState.NEW, pc.iceConnectionState());
    }

    @Test
    @DisplayName("connectionState initial value")
    void connectionState() {
        assertEquals(PeerConnectionState.NEW, pc.connectionState());
    }

    @Test
    @DisplayName("canTrickleIceCandidates initial value")
    void canTrickleIceCandidates() {
        assertNull(pc.canTrickleIceCandidates());
    }
}
