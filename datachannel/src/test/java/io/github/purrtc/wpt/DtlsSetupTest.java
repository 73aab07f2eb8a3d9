package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8842 §5.3: who is the client. */
@DisplayName("protocol/dtls-setup.https.html")
class DtlsSetupTest {
    private final PeerConnection pc = connection();

    @AfterEach
    void close() {
        pc.close();
    }

    private void answerTo(String setup) {
        String sdp = generateOffer().sdp().replaceAll("a=setup:\\S+", "a=setup:" + setup);
        get(pc.setRemoteDescription(offer(sdp)));
        get(pc.setLocalDescription());
    }

    private String role() {
        return get(pc.getStats()).of(RtcStats.Transport.class).get(0).dtlsRole();
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PC should accept initial offer with setup=actpass | actpass | active",
                "PC should accept initial offer with setup=active | active | passive",
                "PC should accept initial offer with setup=passive | passive | active"
            })
    void answers(String name, String offered, String answered) {
        answerTo(offered);
        assertTrue(described(pc.localDescription()).sdp().contains("a=setup:" + answered + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "PC with setup=actpass should have a dtlsRole of client | actpass | client",
                "PC with setup=active should have a dtlsRole of server | active | server",
                "PC with setup=passive should have a dtlsRole of client | passive | client"
            })
    void roles(String name, String offered, String role) {
        answerTo(offered);
        assertEquals(role, role());
    }

    @Test
    @DisplayName("dtlsRole is unknown before negotiation of the DTLS handshake")
    void unknown() {
        pc.createDataChannel("test");
        get(pc.setLocalDescription());
        assertEquals("unknown", role());
    }
}
