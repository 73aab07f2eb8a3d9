package io.github.purrtc.dtls;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

/** Two certificates of one end, of which the peer gets the one that it can verify. */
class CertificateListTest {
    private static final DtlsCertificate ECDSA = DtlsCertificate.generate();
    private static final DtlsCertificate RSA = DtlsCertificate.generate(KeyAlgorithm.RSA_2048);
    private static final String RSA_SUITE = "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256";

    private final Loop loop = new Loop();
    private final ExecutorService handshakes = Executors.newCachedThreadPool();

    @AfterEach
    void close() {
        loop.close();
        handshakes.shutdownNow();
    }

    private DtlsSession connect(List<DtlsCertificate> client, DtlsOptions clientOptions, List<DtlsCertificate> server) {
        Peer a = new Peer(loop, client, clientOptions, Handshakes.on(handshakes));
        Peer z = new Peer(loop, server, Pair.OPTIONS, Handshakes.on(handshakes));
        a.remote = z;
        z.remote = a;
        z.start(DtlsRole.SERVER, fingerprints(client));
        a.start(DtlsRole.CLIENT, fingerprints(server));
        a.awaitState(DtlsTransportState.CONNECTED);
        z.awaitState(DtlsTransportState.CONNECTED);
        DtlsSession there = z.transport.session();
        DtlsSession here = a.transport.session();
        assertNotNull(there);
        assertNotNull(here);
        assertArrayEquals(there.localCertificate(), here.remoteCertificates().get(0));
        assertArrayEquals(here.localCertificate(), there.remoteCertificates().get(0));
        a.close();
        z.close();
        return there;
    }

    private static List<Fingerprint> fingerprints(List<DtlsCertificate> certificates) {
        return certificates.stream()
                .flatMap(each -> each.fingerprints().stream())
                .toList();
    }

    @Test
    @DisplayName("A: a client that knows both kinds gets the first certificate")
    void first() {
        assertArrayEquals(
                ECDSA.encoded(),
                connect(List.of(ECDSA), Pair.OPTIONS, List.of(ECDSA, RSA)).localCertificate());
    }

    @Test
    @DisplayName("Z: a client that knows RSA alone gets the second")
    void second() {
        DtlsSession session =
                connect(List.of(RSA, ECDSA), Pair.OPTIONS.withCipherSuites(RSA_SUITE), List.of(ECDSA, RSA));
        assertArrayEquals(RSA.encoded(), session.localCertificate());
        byte first = RSA.encoded()[0];
        session.localCertificate()[0]++;
        assertEquals(first, RSA.encoded()[0], "what is handed out is a copy");
        assertEquals(RSA_SUITE, session.cipherSuite());
    }

    @Test
    @DisplayName("Z: either order, on either side")
    void orders() {
        Stream.of(List.of(ECDSA, RSA), List.of(RSA, ECDSA))
                .forEach(client -> Stream.of(List.of(ECDSA, RSA), List.of(RSA, ECDSA))
                        .forEach(server -> assertArrayEquals(
                                client.get(0).encoded(),
                                connect(client, Pair.OPTIONS, server)
                                        .remoteCertificates()
                                        .get(0))));
    }
}
