package io.github.purrtc.dtls;

import io.github.purrtc.dtls.DtlsAlert.Direction;
import org.bouncycastle.tls.CipherSuite;
import org.bouncycastle.tls.DTLSTransport;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.spec.ECGenParameterSpec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
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
    private static final int INTERNAL_ERROR = 80;

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

    private static final int BAD_CERTIFICATE = 42;
    private static final int UNSUPPORTED_CERTIFICATE = 43;

    private static byte[] sequence(byte[]... contents) {
        return der(0x30, contents);
    }

    private static byte[] der(int tag, byte[]... contents) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (byte[] content : contents) {
            body.writeBytes(content);
        }
        return ByteBuffer.allocate(4 + body.size())
                .put((byte) tag)
                .put((byte) 0x82)
                .putShort((short) body.size())
                .put(body.toByteArray())
                .array();
    }

    /** A certificate around a public key, signed by nobody, of a time long past, with a name of some kilobytes. */
    private static byte[] certificate(byte[] publicKey, int nameLength, String from, String to) {
        byte[] version = {(byte) 0xA0, 3, 2, 1, 2};
        byte[] serial = {2, 1, 7};
        byte[] algorithm = HexFormat.of().parseHex("300a06082a8648ce3d040302");
        byte[] name =
                sequence(der(0x31, sequence(HexFormat.of().parseHex("0603550403"), der(0x0C, new byte[nameLength]))));
        byte[] validity = sequence(
                der(0x17, from.getBytes(StandardCharsets.US_ASCII)), der(0x17, to.getBytes(StandardCharsets.US_ASCII)));
        byte[] tbs = sequence(version, serial, algorithm, name, validity, name, publicKey);
        return sequence(tbs, algorithm, der(3, new byte[65]));
    }

    private static void connect(Pair pair, KeyPair keys, byte[] certificate) throws IOException {
        RawClient client = new RawClient(pair);
        client.key = keys.getPrivate();
        client.certificate = certificate;
        pair.z.start(DtlsRole.SERVER, List.of(Fingerprint.of("sha-256", certificate)));
        client.connect();
    }

    private static KeyPair p256() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(new ECGenParameterSpec("secp256r1"));
        return generator.generateKeyPair();
    }

    /** The fingerprint is the trust (RFC 8827 §6.5): expired, not yet valid, unsigned, and named at length. */
    @Test
    void aCertificateIsJudgedByItsFingerprintAlone() throws Exception {
        KeyPair keys = p256();
        for (byte[] certificate : List.of(
                certificate(keys.getPublic().getEncoded(), 10, "010101000000Z", "020101000000Z"),
                certificate(keys.getPublic().getEncoded(), 10, "480101000000Z", "490101000000Z"),
                certificate(keys.getPublic().getEncoded(), 7_000, "010101000000Z", "490101000000Z"))) {
            try (Pair pair = new Pair()) {
                connect(pair, keys, certificate);
                pair.z.awaitState(DtlsTransportState.CONNECTED);
            }
        }
    }

    /** Each is announced by its fingerprint, and so looked into: malformed, nested, cut off, and of keys that are not taken. */
    @Test
    void whatIsNoCertificateIsRefused() throws Exception {
        KeyPair keys = p256();
        byte[] good = certificate(keys.getPublic().getEncoded(), 10, "010101000000Z", "490101000000Z");
        byte[] nested = new byte[8_000];
        for (int i = 0; i + 1 < nested.length; i += 2) {
            nested[i] = 0x30;
            nested[i + 1] = (byte) 0x80;
        }
        KeyPairGenerator rsa = KeyPairGenerator.getInstance("RSA");
        rsa.initialize(1024);
        KeyPairGenerator p521 = KeyPairGenerator.getInstance("EC");
        p521.initialize(new ECGenParameterSpec("secp521r1"));
        byte[] weak = certificate(rsa.generateKeyPair().getPublic().getEncoded(), 10, "010101000000Z", "490101000000Z");
        byte[] otherCurve =
                certificate(p521.generateKeyPair().getPublic().getEncoded(), 10, "010101000000Z", "490101000000Z");
        for (byte[] certificate :
                List.of(new byte[] {0x30}, new byte[12_000], nested, Arrays.copyOf(good, 150), weak, otherCurve)) {
            int alert = certificate == weak || certificate == otherCurve ? UNSUPPORTED_CERTIFICATE : BAD_CERTIFICATE;
            try (Pair pair = new Pair()) {
                assertThrows(IOException.class, () -> connect(pair, keys, certificate));
                pair.z.awaitState(DtlsTransportState.FAILED);
                assertEquals(
                        new DtlsAlert(alert, Direction.SENT),
                        pair.z.errors.get(0).alert());
            }
        }
    }

    /** A certificate larger than any message may be: the client never gets through, and is given up. */
    @Test
    void aCertificateOf16KibibytesIsNotTaken() throws Exception {
        KeyPair keys = p256();
        byte[] certificate = certificate(keys.getPublic().getEncoded(), 8_500, "010101000000Z", "490101000000Z");
        try (Pair pair = new Pair(Pair.OPTIONS.withHandshakeTimeoutMillis(500))) {
            assertThrows(IOException.class, () -> connect(pair, keys, certificate));
            pair.z.awaitState(DtlsTransportState.FAILED);
        }
    }

    @Test
    void aFatalAlertEndsAConnectionAndItsNumberIsTold() throws IOException {
        try (Pair pair = new Pair()) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            DTLSTransport client = new RawClient(pair).connect();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
            pair.z.send("more than the client has room for");
            // A -> alert internal_error -> Z
            assertThrows(IOException.class, () -> client.receive(new byte[1], 0, 1, 1_000));
            pair.z.awaitState(DtlsTransportState.FAILED);
            assertEquals(
                    new DtlsAlert(INTERNAL_ERROR, Direction.RECEIVED),
                    pair.z.errors.get(0).alert());
            assertTrue(pair.z.errors.get(0).getMessage().contains("80"));
        }
    }

    @Test
    void renegotiationIsNotToBeHad() throws IOException {
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            List<byte[]> sent = new ArrayList<>();
            client.impairment = datagram -> {
                sent.add(datagram);
                return List.of(datagram);
            };
            client.connect();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
            // A -> ClientHello, as it was and under a new number -> Z
            int flushes = pair.z.flushes;
            pair.z.inject(sent.get(0));
            pair.z.inject(HandmadeRecords.renumbered(sent.get(0), 100));
            assertEquals(DtlsTransportState.CONNECTED, pair.z.transport.state());
            assertEquals(flushes, pair.z.flushes);
        }
    }
}
