package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcStats;
import io.github.purrtc.RtcStatsReport;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

/** webrtc-stats §8.14: which certificates were shown. */
@DisplayName("RTCPeerConnection-certificateStats.https.html")
class CertificateStatsTest {
    private static PeerConnection connection(DtlsCertificate... certificates) {
        return new PeerConnection(Configuration.builder()
                .includeLoopback(true)
                .certificates(List.of(certificates))
                .build());
    }

    private static void requireDescribes(DtlsCertificate certificate, RtcStatsReport report, String id) {
        RtcStats.Certificate stats =
                assertInstanceOf(RtcStats.Certificate.class, report.stats().get(id));
        Fingerprint fingerprint = certificate.fingerprints().get(0);
        assertEquals(fingerprint.algorithm(), stats.fingerprintAlgorithm());
        assertEquals(fingerprint.value(), stats.fingerprint());
        assertArrayEquals(certificate.encoded(), Base64.getDecoder().decode(stats.base64Certificate()));
    }

    private static void requireStats(PeerConnection pc, DtlsCertificate local, DtlsCertificate remote) {
        RtcStatsReport report = get(pc.getStats());
        RtcStats.Transport transport = report.of(RtcStats.Transport.class).get(0);
        requireDescribes(local, report, transport.localCertificateId());
        requireDescribes(remote, report, transport.remoteCertificateId());
    }

    @Test
    @DisplayName("RTCCertificateStats describes the local and remote certificates")
    void both() {
        DtlsCertificate here = DtlsCertificate.generate();
        DtlsCertificate there = DtlsCertificate.generate();
        try (PeerConnection a = connection(here);
                PeerConnection z = connection(there)) {
            channelPair(a, z, false);
            requireStats(a, here, there);
        }
    }

    @Test
    @DisplayName("of several certificates, the one that the peer was shown")
    void shown() {
        DtlsCertificate first = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P384);
        DtlsCertificate second = DtlsCertificate.generate();
        DtlsCertificate there = DtlsCertificate.generate();
        try (PeerConnection a = connection(first, second);
                PeerConnection z = connection(there)) {
            channelPair(a, z, false);
            requireStats(a, first, there);
        }
    }
}
