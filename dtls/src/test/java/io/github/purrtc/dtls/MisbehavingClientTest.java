package io.github.purrtc.dtls;

import io.github.purrtc.dtls.DtlsAlert.Direction;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The server against clients of another make, honest and not. */
class MisbehavingClientTest {
    private static final int HANDSHAKE_FAILURE = 40;
    private static final int DECRYPT_ERROR = 51;
    private static final int PROTOCOL_VERSION = 70;

    private static void assertFails(Pair pair, RawClient client, int alert) {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        assertThrows(IOException.class, client::connect);
        pair.z.awaitState(DtlsTransportState.FAILED);
        assertEquals(new DtlsAlert(alert, Direction.SENT), pair.z.errors.get(0).alert());
        assertEquals(List.of(), pair.z.received);
        assertEquals(
                List.of(),
                pair.z.transport.remoteCertificates().stream()
                        .filter(c -> c.length == 0)
                        .toList());
    }

    @Test
    void anHonestOneConnects() throws IOException {
        try (Pair pair = new Pair()) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            new RawClient(pair).connect();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
        }
    }

    @Test
    void oneWithoutACertificateIsRefused() {
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            client.withCertificate = false;
            assertFails(pair, client, HANDSHAKE_FAILURE);
        }
    }

    @Test
    void oneWithoutTheCertificatesKeyIsRefused() throws Exception {
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            client.key = RawClient.otherKey();
            assertFails(pair, client, DECRYPT_ERROR);
        }
    }

    @Test
    void oneWithoutACommonSuiteIsRefused() {
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            client.suites = new int[] {
                CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA256, CipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256
            };
            assertFails(pair, client, HANDSHAKE_FAILURE);
        }
    }

    @Test
    void oneOfAnOlderVersionIsRefused() {
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            client.versions = ProtocolVersion.DTLSv10.only();
            client.suites = new int[] {CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_CBC_SHA};
            assertFails(pair, client, PROTOCOL_VERSION);
        }
    }

    @Test
    void everySuiteWorks() throws IOException {
        int[] suites = {
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384,
            CipherSuite.TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256
        };
        for (int suite : suites) {
            try (Pair pair = new Pair()) {
                RawClient client = new RawClient(pair);
                client.suites = new int[] {suite};
                pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
                client.connect();
                pair.z.awaitState(DtlsTransportState.CONNECTED);
            }
        }
    }

    @Test
    void aClientHelloInPiecesIsTakenInAnyOrder() throws IOException {
        for (int length : new int[] {1000, 1700, 4000}) {
            try (Pair pair = new Pair()) {
                RawClient client = new RawClient(pair);
                client.paddingLength = length;
                client.sendLimit = 300;
                client.impairment = shuffledFlights(length, length / 250 + 1);
                pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
                client.connect();
                pair.z.awaitState(DtlsTransportState.CONNECTED);
            }
        }
    }

    /** The first datagrams are kept until all are there, and then come twice, in random order. */
    private static Impairment shuffledFlights(long seed, int count) {
        List<byte[]> flight = new ArrayList<>();
        boolean[] done = new boolean[1];
        return datagram -> {
            if (done[0]) {
                return List.of(datagram);
            }
            flight.add(datagram);
            if (flight.size() < count) {
                return List.of();
            }
            done[0] = true;
            List<byte[]> shuffled = new ArrayList<>(flight);
            shuffled.addAll(flight);
            Collections.shuffle(shuffled, new Random(seed));
            return shuffled;
        };
    }

    @Test
    void aFloodOfFragmentsBeforeTheClientHelloChangesNothing() throws IOException {
        try (Pair pair = new Pair()) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            // message 5 of 16 KiB, a byte at a time, every other byte
            for (int i = 0; i < 2_000; i++) {
                pair.z.inject(HandmadeRecords.fragment(i, 11, 16 * 1024, 5, 2 * i, 1));
                pair.z.inject(HandmadeRecords.fragment(100_000 + i, 11, 0xFFFFFF, 6, 2 * i, 1));
            }
            assertTrue(pair.z.transport.discarded() >= 2_000);
            RawClient client = new RawClient(pair);
            client.impairment = datagram -> List.of(HandmadeRecords.renumbered(datagram, 2_000));
            client.connect();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
        }
    }
}
