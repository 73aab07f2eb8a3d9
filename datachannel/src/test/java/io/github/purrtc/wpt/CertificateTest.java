package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;

import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.9: a connection's certificates. */
@DisplayName("RTCCertificate.html")
class CertificateTest {
    private static final DtlsCertificate ONE = DtlsCertificate.generate();
    private static final DtlsCertificate OTHER = DtlsCertificate.generate();

    private static Configuration of(DtlsCertificate... certificates) {
        return Configuration.builder().certificates(List.of(certificates)).build();
    }

    private static String offered(Configuration configuration) {
        try (PeerConnection pc = new PeerConnection(configuration)) {
            pc.createDataChannel("test");
            return get(pc.createOffer()).sdp();
        }
    }

    private static void requireFingerprints(DtlsCertificate certificate, String sdp) {
        for (Fingerprint each : certificate.fingerprints()) {
            assertTrue(sdp.contains("a=fingerprint:" + each.algorithm() + " " + each.value() + "\r\n"), sdp);
        }
    }

    @Test
    @DisplayName("Constructing RTCPeerConnection with expired certificate should reject with InvalidAccessError")
    void expired() {
        DtlsCertificate expired = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256, Duration.ZERO);
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, call(() -> new PeerConnection(of(expired))));
        assertEquals(ErrorName.INVALID_ACCESS_ERROR, call(() -> new PeerConnection(of(ONE, expired))));
    }

    @Test
    @DisplayName("Calling setConfiguration with different set of certs should reject with InvalidModificationError")
    void changed() {
        try (PeerConnection pc = new PeerConnection(of(ONE))) {
            for (Configuration next : List.of(of(OTHER), of(ONE, OTHER))) {
                assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, call(() -> {
                    pc.setConfiguration(next);
                    return next;
                }));
            }
            pc.setConfiguration(of(ONE));
        }
    }

    @Test
    @DisplayName("RTCCertificate should have at least one fingerprint")
    void fingerprint() {
        assertFalse(ONE.fingerprints().isEmpty());
    }

    @Test
    @DisplayName(
            "RTCPeerConnection({ certificates }) should generate offer SDP with fingerprint of provided certificate")
    void one() {
        requireFingerprints(ONE, offered(of(ONE)));
    }

    @Test
    @DisplayName(
            "RTCPeerConnection({ certificates }) should generate offer SDP with fingerprint of all provided certificates")
    void all() {
        String sdp = offered(of(ONE, OTHER));
        requireFingerprints(ONE, sdp);
        requireFingerprints(OTHER, sdp);
    }
}
