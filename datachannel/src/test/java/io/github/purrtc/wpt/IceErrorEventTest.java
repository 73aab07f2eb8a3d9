package io.github.purrtc.wpt;

import io.github.purrtc.ice.IceCandidateError;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.8.2. */
@DisplayName("RTCPeerConnectionIceErrorEvent.html")
class IceErrorEventTest {
    @Test
    @DisplayName("RTCPeerConnectionIceErrorEvent constructed from init parameters")
    void parameters() {
        IceCandidateError error = new IceCandidateError("168.3.4.5", 4711, "stun:example.com", 404, "Not Found");
        assertEquals("168.3.4.5", error.address());
        assertEquals(4711, error.port());
        assertEquals("stun:example.com", error.url());
        assertEquals(404, error.errorCode());
        assertEquals("Not Found", error.errorText());
    }
}
