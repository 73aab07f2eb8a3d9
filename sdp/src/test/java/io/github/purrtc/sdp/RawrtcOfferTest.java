package io.github.purrtc.sdp;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The offer of rawrtc 0.2.2, read and written. */
class RawrtcOfferTest {
    static final String OFFER = String.join(
            "\r\n",
            "v=0",
            "o=sdpartanic-rawrtc-0.2.2 3457381168 1 IN IP4 127.0.0.1",
            "s=-",
            "t=0 0",
            "a=ice-options:trickle",
            "a=group:BUNDLE rawrtc-sctp-dc",
            "m=application 9 DTLS/SCTP 5000",
            "c=IN IP4 0.0.0.0",
            "a=mid:rawrtc-sctp-dc",
            "a=sendrecv",
            "a=ice-ufrag:jSK7ak4U63ZcxgIO",
            "a=ice-pwd:0VKG3HGGSJO8NsuSoDuGWhz9b14J5wai",
            "a=setup:actpass",
            "a=fingerprint:sha-256 DA:12:D5:56:69:36:59:57:31:D5:EC:D5:62:ED:3C:32:6F:66:04:F6:30:7C:40:FB:03:0D:D3:60:C1:F7:D9:3C",
            "a=tls-id:pw59BKPgFifRseL2AAgBWjNl6Do9CnV8",
            "a=sctpmap:5000 webrtc-datachannel 65535",
            "a=max-message-size:0",
            "a=candidate:0a2223cf 1 udp 1 10.34.35.207 60042 typ host",
            "a=end-of-candidates",
            "");

    private static final SctpAttributes SCTP = new SctpAttributes(5000, 65_535, MaxMessageSize.UNLIMITED);

    private static final TransportAttributes TRANSPORT = TransportAttributes.trickling(
            new IceCredentials("jSK7ak4U63ZcxgIO", "0VKG3HGGSJO8NsuSoDuGWhz9b14J5wai"),
            SetupRole.ACTPASS,
            List.of(new Fingerprint(
                    "sha-256",
                    "DA:12:D5:56:69:36:59:57:31:D5:EC:D5:62:ED:3C:32:6F:66:04:F6:30:7C:40:FB:03:0D:D3:60:C1:F7:D9:3C")),
            "pw59BKPgFifRseL2AAgBWjNl6Do9CnV8");

    private static SdpDocument offer(Origin origin, SdpDialect dialect) {
        return SdpDocument.offer(origin, dialect, "rawrtc-sctp-dc", SCTP, TRANSPORT)
                .withCandidate(0, "candidate:0a2223cf 1 udp 1 10.34.35.207 60042 typ host")
                .withEndOfCandidates(0);
    }

    @Test
    void writesRawrtcsOfferByteForByteButForNameAndVersion() {
        SdpDocument offer = offer(Origin.purrtc(3457381168L), SdpDialect.LEGACY);
        assertEquals(OFFER.replace("rawrtc-0.2.2", "purrtc-" + Version.CURRENT), offer.toString());
        assertTrue(Version.CURRENT.matches("\\d+\\.\\d+\\.\\d+.*"), Version.CURRENT);
    }

    @Test
    void writesWhatItRead() {
        assertEquals(OFFER, SdpDocument.parse(OFFER).toString());
    }

    @Test
    void readsRawrtcsOffer() {
        Origin origin = new Origin("sdpartanic-rawrtc-0.2.2", 3457381168L, 1, NetworkAddress.LOOPBACK);
        assertEquals(offer(origin, SdpDialect.LEGACY), SdpDocument.parse(OFFER));
    }

    @Test
    void writesTodaysDialectInTheSameOrder() {
        Origin origin = new Origin("sdpartanic-rawrtc-0.2.2", 3457381168L, 1, NetworkAddress.LOOPBACK);
        String today = OFFER.replace("DTLS/SCTP 5000", "UDP/DTLS/SCTP webrtc-datachannel")
                .replace("a=sctpmap:5000 webrtc-datachannel 65535", "a=sctp-port:5000");
        assertEquals(today, offer(origin, SdpDialect.CURRENT).toString());
        assertEquals(offer(origin, SdpDialect.CURRENT), SdpDocument.parse(today));
    }
}
