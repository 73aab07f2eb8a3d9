package io.github.purrtc.wpt;

import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.KeyAlgorithm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;

/** RFC 8827 §6.5: both kinds of keys. */
@DisplayName("protocol/dtls-certificates.html")
class DtlsCertificatesTest {
    private static final DtlsCertificate ECDSA = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256);
    private static final DtlsCertificate RSA = DtlsCertificate.generate(KeyAlgorithm.RSA_2048);

    private static DtlsCertificate of(String kind) {
        return kind.equals("rsa") ? RSA : ECDSA;
    }

    private static PeerConnection connection(String kind) {
        return new PeerConnection(Configuration.builder()
                .includeLoopback(true)
                .certificate(of(kind))
                .build());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "RTCPeerConnection establishes using ecdsa and ecdsa certificates | ecdsa | ecdsa",
                "RTCPeerConnection establishes using ecdsa and rsa certificates | ecdsa | rsa",
                "RTCPeerConnection establishes using rsa and ecdsa certificates | rsa | ecdsa",
                "RTCPeerConnection establishes using rsa and rsa certificates | rsa | rsa"
            })
    void establishes(String name, String here, String there) {
        try (PeerConnection a = connection(here);
                PeerConnection z = connection(there)) {
            channelPair(a, z, false);
            assertArrayEquals(
                    of(there).encoded(),
                    sctpOf(a).transport().remoteCertificates().get(0));
        }
    }
}
