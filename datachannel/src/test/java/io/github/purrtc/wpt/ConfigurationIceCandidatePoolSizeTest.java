package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.purrtc.wpt.Wpt.call;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.2.1: an octet. */
@DisplayName("RTCConfiguration-iceCandidatePoolSize.html")
class ConfigurationIceCandidatePoolSizeTest {
    private static Configuration of(int size) {
        return Configuration.builder()
                .includeLoopback(true)
                .iceCandidatePoolSize(size)
                .build();
    }

    @Test
    @DisplayName("Initialize a new RTCPeerConnection with no iceCandidatePoolSize")
    void byDefault() {
        try (PeerConnection pc = new PeerConnection()) {
            assertEquals(0, pc.configuration().iceCandidatePoolSize());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Initialize a new RTCPeerConnection with iceCandidatePoolSize: 0 | 0",
                "Initialize a new RTCPeerConnection with iceCandidatePoolSize: 255 | 255"
            })
    void initial(String name, int size) {
        try (PeerConnection pc = new PeerConnection(of(size))) {
            assertEquals(size, pc.configuration().iceCandidatePoolSize());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Reconfigure RTCPeerConnection instance iceCandidatePoolSize to 0 | 0",
                "Reconfigure RTCPeerConnection instance iceCandidatePoolSize to 255 | 255"
            })
    void reconfigured(String name, int size) {
        try (PeerConnection pc = new PeerConnection(of(1))) {
            pc.setConfiguration(of(size));
            assertEquals(size, pc.configuration().iceCandidatePoolSize());
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "Initialize a new RTCPeerConnection with iceCandidatePoolSize: -1 (Out Of Range) | -1",
                "Initialize a new RTCPeerConnection with iceCandidatePoolSize: 256 (Out Of Range) | 256",
                "Reconfigure RTCPeerConnection instance iceCandidatePoolSize to -1 (Out Of Range) | -1",
                "Reconfigure RTCPeerConnection instance iceCandidatePoolSize to 256 (Out Of Range) | 256"
            })
    void outOfRange(String name, int size) {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> of(size)));
    }
}
