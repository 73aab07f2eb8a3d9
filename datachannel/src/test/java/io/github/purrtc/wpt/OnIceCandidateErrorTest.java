package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.IceCandidateError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.8.2: a server that is of no use. */
@DisplayName("RTCPeerConnection-onicecandidateerror.https.html")
class OnIceCandidateErrorTest {
    @Test
    @DisplayName("Surfacing onicecandidateerror")
    void unreachable() throws SocketException {
        int unused;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            unused = socket.getLocalPort();
        }
        String url = "turn:127.0.0.1:" + unused + "?transport=tcp";
        Configuration configuration = Configuration.builder()
                .includeLoopback(true)
                .iceServer(List.of(url), "user", "credential")
                .build();
        BlockingQueue<IceCandidateError> errors = new LinkedBlockingQueue<>();
        try (PeerConnection pc = new PeerConnection(configuration)) {
            pc.onIceCandidateError(errors::add);
            pc.createDataChannel("test");
            get(pc.setLocalDescription());
            IceCandidateError error = poll(errors);
            assertTrue(error.errorCode() >= 300 && error.errorCode() <= 799, error.toString());
            assertEquals(url, error.url());
            assertFalse(error.errorText().isEmpty());
            assertEquals(error.address() == null, error.port() == 0, error.toString());
        }
    }
}
