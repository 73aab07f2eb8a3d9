package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.io.ByteArrayInputStream;
import java.security.KeyPairGenerator;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECPublicKey;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DtlsCertificateTest {
    private static X509Certificate read(DtlsCertificate certificate) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509")
                .generateCertificate(new ByteArrayInputStream(certificate.encoded()));
    }

    @Test
    void isSelfSignedByAnEcdsaKeyAndSaysNothing() throws Exception {
        DtlsCertificate certificate = DtlsCertificate.generate();
        X509Certificate read = read(certificate);
        read.verify(read.getPublicKey());
        assertEquals(
                256,
                ((ECPublicKey) read.getPublicKey())
                        .getParams()
                        .getCurve()
                        .getField()
                        .getFieldSize());
        assertEquals("SHA256withECDSA", read.getSigAlgName());
        assertEquals("CN=WebRTC", read.getSubjectX500Principal().getName());
        assertTrue(read.getSerialNumber().signum() > 0);
        assertTrue(read.getSerialNumber().toByteArray().length <= 20);
        assertTrue(certificate.fingerprints().get(0).matches(certificate.encoded()));
        assertFalse(certificate.toString().contains("Private"));
    }

    @Test
    void isValidFromYesterdayForAMonth() throws Exception {
        DtlsCertificate certificate = DtlsCertificate.generate();
        X509Certificate read = read(certificate);
        Instant now = Instant.now();
        read.checkValidity(Date.from(now.minus(Duration.ofHours(23))));
        read.checkValidity(Date.from(now.plus(Duration.ofDays(29))));
        assertEquals(read.getNotAfter().toInstant(), certificate.expires());
    }

    @Test
    void eachOneIsItsOwn() throws Exception {
        DtlsCertificate one = DtlsCertificate.generate();
        DtlsCertificate other = DtlsCertificate.generate();
        assertNotEquals(one.fingerprints(), other.fingerprints());
        assertNotEquals(read(one).getSerialNumber(), read(other).getSerialNumber());
        assertNotEquals(read(one).getPublicKey(), read(other).getPublicKey());
    }

    @Test
    void oneMadeElsewhereIsTaken() throws Exception {
        DtlsCertificate made = DtlsCertificate.generate();
        DtlsCertificate taken = DtlsCertificate.of(made.privateKey(), read(made));
        assertArrayEquals(made.encoded(), taken.encoded());
        assertEquals(made.fingerprints(), taken.fingerprints());
        assertThrows(
                IllegalArgumentException.class,
                () -> DtlsCertificate.of(
                        KeyPairGenerator.getInstance("RSA").generateKeyPair().getPrivate(), read(made)));
    }

    @Test
    void livesAsLongAsAsked() throws Exception {
        DtlsCertificate certificate = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256, Duration.ofHours(2));
        assertFalse(certificate.expires().isAfter(Instant.now().plus(Duration.ofHours(2))));
        assertTrue(certificate.expires().isAfter(Instant.now().plus(Duration.ofHours(1))));
        assertEquals(read(certificate).getNotAfter().toInstant(), certificate.expires());
        assertThrows(
                IllegalArgumentException.class,
                () -> DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256, Duration.ofDays(366)));
        assertThrows(
                IllegalArgumentException.class,
                () -> DtlsCertificate.generate(KeyAlgorithm.ECDSA_P256, Duration.ofSeconds(-1)));
    }

    @Test
    void isSignedByTheKeyItWasAskedFor() throws Exception {
        for (KeyAlgorithm algorithm : new KeyAlgorithm[] {KeyAlgorithm.ECDSA_P384, KeyAlgorithm.RSA_2048}) {
            X509Certificate read = read(DtlsCertificate.generate(algorithm));
            read.verify(read.getPublicKey());
            assertEquals(
                    algorithm == KeyAlgorithm.RSA_2048 ? "SHA256withRSA" : "SHA384withECDSA", read.getSigAlgName());
        }
    }

    @Test
    void severalFingerprintsAreMade() {
        DtlsCertificate certificate = DtlsCertificate.generate();
        DtlsCertificate several = certificate.withFingerprints("sha-512", "sha-256", "sha-384", "sha-256");
        assertEquals(
                List.of("sha-512", "sha-256", "sha-384"),
                several.fingerprints().stream().map(Fingerprint::algorithm).toList());
        several.fingerprints().forEach(fingerprint -> assertTrue(fingerprint.matches(certificate.encoded())));
        assertThrows(IllegalArgumentException.class, certificate::withFingerprints);
        assertThrows(IllegalArgumentException.class, () -> certificate.withFingerprints("sha-1"));
    }
}
