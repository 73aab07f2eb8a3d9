package io.github.purrtc.dtls.internal;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Any bytes are a certificate with a key that is taken, or are refused with an alert. */
class CertificateFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void readsOrRefuses(byte[] bytes) throws IOException {
        EngineCrypto crypto = new EngineCrypto(certificate -> true, null);
        UnreadCertificate certificate = new UnreadCertificate(crypto, bytes, any -> true);
        try {
            certificate.createVerifier(SignatureAlgorithm.ecdsa);
        } catch (TlsFatalAlert e) {
            short alert = e.getAlertDescription();
            assertTrue(
                    alert == AlertDescription.bad_certificate
                            || alert == AlertDescription.unsupported_certificate
                            || alert == AlertDescription.illegal_parameter,
                    e.toString());
        }
    }
}
