package io.github.purrtc.examples;

import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class DescriptionsTest {
    @Test
    void areOneLineOfJson() {
        SessionDescription offer = new SessionDescription(SdpType.OFFER, "v=0\r\ns=-\r\n");
        String line = "{\"type\":\"offer\",\"sdp\":\"v=0\\r\\ns=-\\r\\n\"}";
        assertEquals(line, Descriptions.toJson(offer));
        assertEquals(offer, Descriptions.parse(line));
    }

    @Test
    void mayComeFromRawrtc() {
        // rawrtc's JSON writer escapes the slash.
        assertEquals(
                new SessionDescription(SdpType.ANSWER, "m=application 9 DTLS/SCTP 5000\r\n"),
                Descriptions.parse("{\"type\":\"answer\",\"sdp\":\"m=application 9 DTLS\\/SCTP 5000\\r\\n\"}"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"v=0", "{\"type\":\"offer\"}", "{\"type\":\"purr\",\"sdp\":\"\"}", "{\"sdp\":\"\"}", "null"})
    void areRefusedWhenSomethingIsMissing(String line) {
        assertThrows(IllegalArgumentException.class, () -> Descriptions.parse(line));
    }
}
