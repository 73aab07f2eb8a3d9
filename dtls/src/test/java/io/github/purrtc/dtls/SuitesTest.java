package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.Suite;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.EnumMap;
import java.util.Map;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** Our own pairs: every suite, with every kind of certificate on either side. */
class SuitesTest {
    private static final Map<KeyAlgorithm, DtlsCertificate> CERTIFICATES = new EnumMap<>(KeyAlgorithm.class);

    static {
        for (KeyAlgorithm algorithm :
                new KeyAlgorithm[] {KeyAlgorithm.ECDSA_P256, KeyAlgorithm.ECDSA_P384, KeyAlgorithm.RSA_2048}) {
            CERTIFICATES.put(algorithm, DtlsCertificate.generate(algorithm));
        }
    }

    @ParameterizedTest
    @EnumSource
    void everySuiteWorksWithEveryPairOfCertificates(Suite suite) {
        DtlsOptions options = Pair.OPTIONS.withCipherSuites(suite.name());
        CERTIFICATES.forEach((serverKey, server) -> CERTIFICATES.forEach((clientKey, client) -> {
            boolean fits = suite.name().contains("_RSA_") == (serverKey == KeyAlgorithm.RSA_2048);
            try (Pair pair = new Pair(options, client, server)) {
                if (fits) {
                    pair.connect();
                    DtlsSession session = pair.a.transport.session();
                    assertNotNull(session);
                    assertEquals(suite.name(), session.cipherSuite());
                    pair.a.send("from A");
                    pair.z.awaitReceived("from A");
                    pair.z.send("from Z");
                    pair.a.awaitReceived("from Z");
                } else {
                    pair.start();
                    pair.z.awaitState(DtlsTransportState.FAILED);
                    pair.a.awaitState(DtlsTransportState.FAILED);
                    assertEquals(
                            new DtlsAlert(40, DtlsAlert.Direction.RECEIVED),
                            pair.a.errors.get(0).alert());
                }
            }
        }));
    }

    @Test
    void suitesThatAreNotThereAreRefused() {
        assertThrows(
                IllegalArgumentException.class,
                () -> DtlsOptions.DEFAULT.withCipherSuites("TLS_RSA_WITH_AES_128_GCM_SHA256"));
    }
}
