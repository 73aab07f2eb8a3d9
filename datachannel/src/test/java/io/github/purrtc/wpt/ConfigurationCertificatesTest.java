package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.2.1, certificates. */
@DisplayName("RTCConfiguration-certificates.html")
class ConfigurationCertificatesTest {
    @Test
    @DisplayName("getConfiguration returns default empty certificates")
    void byDefault() {
        try (PeerConnection pc = new PeerConnection()) {
            assertEquals(List.of(), pc.configuration().certificates());
        }
    }
}
