package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.dtls.DtlsCertificate;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.security.interfaces.RSAPublicKey;
import java.security.spec.AlgorithmParameterSpec;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.RSAKeyGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.List;

import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.9, generateCertificate. */
@DisplayName("RTCPeerConnection-generateCertificate.html")
class GenerateCertificateTest {
    private static final Duration MONTH = Duration.ofDays(30);
    private static final AlgorithmParameterSpec P_256 = new ECGenParameterSpec("secp256r1");

    private static AlgorithmParameterSpec rsa(int bits, BigInteger exponent) {
        return new RSAKeyGenParameterSpec(bits, exponent);
    }

    private static X509Certificate parsed(DtlsCertificate certificate) throws CertificateException {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
    }

    private static void requireLifetime(Duration expected, DtlsCertificate certificate) {
        Duration left = Duration.between(Instant.now(), certificate.expires());
        assertTrue(left.compareTo(expected) <= 0 && left.compareTo(expected.minusMinutes(5)) > 0, left.toString());
    }

    @Test
    @DisplayName("generateCertificate() with compulsary RSASSA-PKCS1-v1_5 parameters should succeed")
    void rsa() throws CertificateException {
        DtlsCertificate made = get(PeerConnection.generateCertificate(rsa(2048, RSAKeyGenParameterSpec.F4), MONTH));
        assertEquals(
                2048, ((RSAPublicKey) parsed(made).getPublicKey()).getModulus().bitLength());
        requireLifetime(MONTH, made);
    }

    @Test
    @DisplayName("generateCertificate() with compulsary ECDSA parameters should succeed")
    void ecdsa() throws CertificateException {
        for (DtlsCertificate made : List.of(
                get(PeerConnection.generateCertificate()), get(PeerConnection.generateCertificate(P_256, MONTH)))) {
            ECPublicKey key = (ECPublicKey) parsed(made).getPublicKey();
            assertEquals(256, key.getParams().getCurve().getField().getFieldSize());
            requireLifetime(MONTH, made);
        }
    }

    @Test
    @DisplayName("generateCertificate() with invalid algorithm dict should reject with NotSupportedError")
    void unknown() {
        for (AlgorithmParameterSpec algorithm : List.of(
                rsa(1024, RSAKeyGenParameterSpec.F4),
                rsa(2048, RSAKeyGenParameterSpec.F0),
                new ECGenParameterSpec("secp521r1"))) {
            assertEquals(ErrorName.NOT_SUPPORTED_ERROR, failure(PeerConnection.generateCertificate(algorithm, MONTH)));
        }
    }

    @Test
    @DisplayName("generateCertificate() with valid expires parameter should succeed")
    void expires() {
        requireLifetime(Duration.ofDays(1), get(PeerConnection.generateCertificate(P_256, Duration.ofDays(1))));
        requireLifetime(Duration.ofDays(365), get(PeerConnection.generateCertificate(P_256, Duration.ofDays(4_000))));
    }

    @Test
    @DisplayName("generateCertificate() with 0 expires parameter should generate expired cert")
    void expired() {
        DtlsCertificate made = get(PeerConnection.generateCertificate(P_256, Duration.ZERO));
        assertFalse(made.expires().isAfter(Instant.now()));
    }

    @Test
    @DisplayName("generateCertificate() with invalid range for expires should reject with TypeError")
    void negative() {
        assertEquals(ErrorName.TYPE_ERROR, failure(PeerConnection.generateCertificate(P_256, Duration.ofMillis(-1))));
    }
}
