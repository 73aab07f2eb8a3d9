package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8841: how an association is described. */
@DisplayName("protocol/sctp-format.html")
class SctpFormatTest {
    @Test
    @DisplayName("Generated Datachannel SDP uses correct SCTP offer syntax")
    void syntax() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("channel");
            String[] parts = get(pc.createOffer()).sdp().split("\r\nm=", -1);
            assertEquals(2, parts.length);
            String section = parts[1];
            assertTrue(section.matches("(?s)application \\d+ UDP/DTLS/SCTP webrtc-datachannel\r\n.*"), section);
            assertTrue(section.matches("(?s).*\r\na=sctp-port:\\d+\r\n.*"), section);
            assertTrue(section.contains("\r\na=mid:"), section);
        }
    }
}
