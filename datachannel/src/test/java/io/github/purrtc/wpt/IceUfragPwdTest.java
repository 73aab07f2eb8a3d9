package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 8839 §5.4: letters, digits, '+' and '/'. */
@DisplayName("protocol/ice-ufragpwd.html")
class IceUfragPwdTest {
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "setRemoteDescription with a ice-ufrag containing a non-ice-char fails | a=ice-ufrag:",
                "setRemoteDescription with a ice-pwd containing a non-ice-char fails | a=ice-pwd:"
            })
    void refused(String name, String line) {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.INVALID_ACCESS_ERROR,
                    failure(pc.setRemoteDescription(offer(generateOffer().sdp().replace(line, line + "$")))));
        }
    }
}
