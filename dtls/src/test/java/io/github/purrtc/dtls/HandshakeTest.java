package io.github.purrtc.dtls;

import io.github.purrtc.dtls.DtlsAlert.Direction;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class HandshakeTest {
    /** So long that a handshake that waits for it fails its test. */
    private static final DtlsOptions NO_TIMER = DtlsOptions.DEFAULT.withRetransmissionMillis(60_000);

    private static final int BAD_CERTIFICATE = 42;

    @Test
    void aFlightIsOneFlushAndNothingIsSentTwiceWithoutLoss() {
        try (Pair pair = new Pair(NO_TIMER).connect()) {
            // A -> ClientHello -> Z
            // A <- ServerHello, Certificate, ServerKeyExchange, CertificateRequest, ServerHelloDone <- Z
            // A -> Certificate, ClientKeyExchange, CertificateVerify, ChangeCipherSpec, Finished -> Z
            // A <- ChangeCipherSpec, Finished <- Z
            assertEquals(2, pair.a.flushes);
            assertEquals(2, pair.z.flushes);
            assertEquals(2, pair.a.sent.size());
            assertEquals(2, pair.z.sent.size());
        }
    }

    @Test
    void datagramsThatArriveBeforeTheStartAreUsed() {
        try (Pair pair = new Pair(NO_TIMER)) {
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            pair.loop.await("the ClientHello", () -> !pair.a.sent.isEmpty());
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            pair.a.awaitState(DtlsTransportState.CONNECTED);
            pair.z.awaitState(DtlsTransportState.CONNECTED);
        }
    }

    @Test
    void datagramsBeforeTheStartAreBounded() {
        try (Pair pair = new Pair()) {
            for (int i = 0; i < 100; i++) {
                pair.z.inject(new byte[1200]);
            }
            assertEquals(100 - 13, pair.z.transport.discarded());
            for (int i = 0; i < 100; i++) {
                pair.a.inject(new byte[10]);
            }
            assertEquals(100 - 64, pair.a.transport.discarded());
        }
    }

    @Test
    void applicationDataThatOvertakesTheFinishedIsDelivered() {
        try (Pair pair = new Pair(NO_TIMER)) {
            List<byte[]> finished = new ArrayList<>();
            pair.z.impairment = datagram -> {
                // A <- ServerHello… <- Z goes; A </later/ <- Finished <- Z
                if (pair.z.sent.size() < 2 || !finished.isEmpty()) {
                    return List.of(datagram);
                }
                finished.add(datagram);
                return List.of();
            };
            pair.start();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
            pair.z.send("one");
            pair.z.send("two");
            pair.loop.run(() -> {});
            assertEquals(List.of(), pair.a.received);

            pair.a.inject(finished.get(0));
            pair.a.awaitReceived("one", "two");
            assertEquals(DtlsTransportState.CONNECTED, pair.a.transport.state());
        }
    }

    @Test
    void aLostLastFlightIsSentAgainByAPeerThatIsConnected() {
        try (Pair pair = new Pair()) {
            boolean[] lost = new boolean[1];
            pair.z.impairment = datagram -> {
                if (pair.z.sent.size() < 2 || lost[0]) {
                    return List.of(datagram);
                }
                lost[0] = true;
                return List.of();
            };
            pair.start();
            pair.z.awaitState(DtlsTransportState.CONNECTED);
            pair.a.awaitState(DtlsTransportState.CONNECTED);
            assertTrue(lost[0]);
            pair.a.send("there");
            pair.z.awaitReceived("there");
        }
    }

    @Test
    void aCertificateVerifyThatTheCipherChangeOvertakesIsStillTaken() {
        // Small datagrams: the last fragments of A's flight go alone.
        DtlsOptions small = Pair.OPTIONS.withMaxDatagramSize(160);
        for (int victim = 1; victim <= 8; victim++) {
            int lost = victim;
            try (Pair pair = new Pair(small)) {
                int[] second = {-1};
                pair.a.impairment = datagram -> {
                    if (second[0] < 0 && pair.z.flushes > 0) {
                        second[0] = pair.a.sent.size();
                    }
                    // A -> Certificate, … /one of the flight's datagrams lost/, Finished -> Z
                    return second[0] + lost - 1 == pair.a.sent.size() ? List.of() : List.of(datagram);
                };
                pair.connect();
            }
        }
    }

    @Test
    void aFingerprintThatDoesNotMatchEndsBothSides() {
        Fingerprint wrong = Pair.A_CERTIFICATE.fingerprints().get(0);
        try (Pair pair = new Pair()) {
            // A -> ClientHello -> Z, A <- Certificate <- Z, A -> bad_certificate -> Z
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            pair.a.start(DtlsRole.CLIENT, List.of(wrong));
            assertRefused(pair.a, pair.z);
        }
        try (Pair pair = new Pair()) {
            // A -> Certificate, … Finished -> Z, A <- bad_certificate <- Z
            pair.z.start(DtlsRole.SERVER, pair.z.certificate.fingerprints());
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            assertRefused(pair.z, pair.a);
        }
    }

    private static void assertRefused(Peer refuses, Peer refused) {
        refuses.awaitState(DtlsTransportState.FAILED);
        refused.awaitState(DtlsTransportState.FAILED);
        assertEquals(
                new DtlsAlert(BAD_CERTIFICATE, Direction.SENT),
                refuses.errors.get(0).alert());
        assertEquals(
                new DtlsAlert(BAD_CERTIFICATE, Direction.RECEIVED),
                refused.errors.get(0).alert());
        for (Peer peer : List.of(refuses, refused)) {
            assertEquals(List.of(DtlsTransportState.CONNECTING, DtlsTransportState.FAILED), peer.states);
            assertEquals(List.of(), peer.received);
            assertEquals(1, peer.errors.size());
            assertThrows(IllegalStateException.class, () -> peer.send("no"));
        }
    }

    @Test
    void oneMatchingFingerprintOfSeveralIsEnough() {
        try (Pair pair = new Pair()) {
            byte[] certificate = pair.z.certificate.encoded();
            List<Fingerprint> fingerprints = List.of(
                    new Fingerprint("sha-1", "00:".repeat(19) + "00"),
                    pair.a.certificate.fingerprints().get(0),
                    Fingerprint.of("sha-512", certificate));
            pair.z.start(DtlsRole.SERVER, List.of(Fingerprint.of("sha-384", pair.a.certificate.encoded())));
            pair.a.start(DtlsRole.CLIENT, fingerprints);
            pair.a.awaitState(DtlsTransportState.CONNECTED);
            pair.z.awaitState(DtlsTransportState.CONNECTED);
        }
    }

    @Test
    void weakFingerprintsAloneAreRefused() {
        try (Pair pair = new Pair()) {
            List<Fingerprint> weak = List.of(new Fingerprint("sha-1", "00:".repeat(19) + "00"));
            assertThrows(IllegalArgumentException.class, () -> pair.a.start(DtlsRole.CLIENT, weak));
            assertThrows(IllegalArgumentException.class, () -> pair.a.start(DtlsRole.CLIENT, List.of()));
            assertEquals(DtlsTransportState.NEW, pair.a.transport.state());
        }
    }

    @Test
    void otherKindsOfKeysWork() {
        DtlsCertificate one = DtlsCertificate.generate(KeyAlgorithm.RSA_2048);
        DtlsCertificate other = DtlsCertificate.generate(KeyAlgorithm.ECDSA_P384);
        for (boolean swapped : List.of(false, true)) {
            try (Pair pair = new Pair(Pair.OPTIONS, swapped ? other : one, swapped ? one : other)) {
                pair.connect();
            }
        }
    }

    @Test
    void aPeerThatIsSilentIsGivenUp() {
        try (Pair pair = new Pair(Pair.OPTIONS.withHandshakeTimeoutMillis(200))) {
            pair.a.impairment = datagram -> List.of();
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            pair.a.awaitState(DtlsTransportState.FAILED);
            pair.z.awaitState(DtlsTransportState.FAILED);
            assertNull(pair.a.errors.get(0).alert());
            assertTrue(pair.a.errors.get(0).getMessage().contains("too long"));
            assertTrue(pair.a.sent.size() > 1, "the ClientHello was not repeated");
        }
    }

    @Test
    void twoClientsFail() {
        try (Pair pair = new Pair()) {
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
            pair.a.awaitState(DtlsTransportState.FAILED);
            pair.z.awaitState(DtlsTransportState.FAILED);
            assertNotNull(pair.a.errors.get(0).alert());
        }
    }

    @Test
    void anInterruptDoesNotEndAHandshake() {
        try (Pair pair = new Pair()) {
            List<Thread> threads = new ArrayList<>();
            Executor handshakes = task -> pair.handshakes.execute(() -> {
                synchronized (threads) {
                    threads.add(Thread.currentThread());
                }
                task.run();
            });
            Peer z = new Peer(pair.loop, pair.z.certificate, Pair.OPTIONS, handshakes);
            z.remote = pair.a;
            pair.a.remote = z;
            z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
            pair.loop.await("the handshake's thread", () -> {
                synchronized (threads) {
                    threads.forEach(Thread::interrupt);
                    return !threads.isEmpty();
                }
            });
            pair.a.start(DtlsRole.SERVER, pair.z.certificate.fingerprints());
            pair.a.awaitState(DtlsTransportState.CONNECTED);
            z.awaitState(DtlsTransportState.CONNECTED);
        }
    }

    @Test
    void anExecutorThatRefusesFailsTheTransport() {
        try (Pair pair = new Pair()) {
            Peer peer = new Peer(pair.loop, pair.a.certificate, Pair.OPTIONS, task -> {
                throw new RejectedExecutionException("full");
            });
            peer.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            peer.awaitState(DtlsTransportState.FAILED);
            assertEquals(1, peer.errors.size());
        }
    }

    @Test
    void whatWasAgreedUponIsTold() {
        try (Pair pair = new Pair()) {
            assertNull(pair.a.transport.session());
            pair.connect();
            for (Peer peer : List.of(pair.a, pair.z)) {
                DtlsSession session = peer.transport.session();
                assertNotNull(session);
                assertEquals(peer == pair.a ? DtlsRole.CLIENT : DtlsRole.SERVER, session.role());
                assertEquals("DTLS 1.2", session.protocol());
                assertEquals("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256", session.cipherSuite());
                assertEquals("x25519", session.group());
                assertEquals(1, session.remoteCertificates().size());
            }
        }
    }

    @Test
    void bothEndsLogTheSameKeysWhenAsked() {
        List<String> lines = Collections.synchronizedList(new ArrayList<>());
        try (Pair pair = new Pair(Pair.OPTIONS.withKeyLog(lines::add))) {
            pair.connect();
            assertEquals(2, lines.size());
            assertEquals(lines.get(0), lines.get(1));
            assertTrue(lines.get(0).matches("CLIENT_RANDOM [0-9a-f]{64} [0-9a-f]{96}"), lines.get(0));
        }
    }

    @Test
    void theRetransmissionTimerIsTwiceTheRoundTripAndAtLeast50Millis() {
        for (long roundTripMillis : new long[] {0, 10, 80}) {
            try (Pair pair = new Pair(Pair.OPTIONS.withRetransmissionMillis(60_000))) {
                List<Long> sentNanos = new ArrayList<>();
                pair.a.impairment = datagram -> {
                    sentNanos.add(System.nanoTime());
                    return List.of();
                };
                pair.loop.run(() -> pair.a.transport.start(
                        DtlsRole.CLIENT,
                        pair.z.certificate.fingerprints(),
                        TimeUnit.MILLISECONDS.toNanos(roundTripMillis)));
                pair.loop.await("a retransmission", () -> sentNanos.size() == 2);
                long millis = TimeUnit.NANOSECONDS.toMillis(sentNanos.get(1) - sentNanos.get(0));
                assertTrue(millis >= Math.max(50, 2 * roundTripMillis) - 10, millis + " ms");
            }
        }
    }

    @Test
    void aServerToWhichNobodySpeaksGivesUpWithoutAThread() {
        try (Pair pair = new Pair(Pair.OPTIONS.withHandshakeTimeoutMillis(200))) {
            Peer alone = new Peer(pair.loop, pair.z.certificate, Pair.OPTIONS.withHandshakeTimeoutMillis(200), task -> {
                throw new AssertionError("a thread for nothing");
            });
            alone.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            alone.awaitState(DtlsTransportState.FAILED);
            assertNull(alone.errors.get(0).alert());
        }
    }

    /** RFC 7627 §5.1: the extension's number and an empty body. */
    @Test
    void theExtendedMasterSecretIsOfferedAndTaken() {
        try (Pair pair = new Pair(NO_TIMER)) {
            pair.connect();
            for (Peer peer : List.of(pair.a, pair.z)) {
                String flight = HexFormat.of().formatHex(peer.sent.get(0));
                assertTrue(flight.contains("00170000"), flight);
            }
        }
    }

    @Test
    void aPathThatTakesNoLargeDatagramsIsFoundOut() {
        DtlsCertificate large = DtlsCertificate.generate(KeyAlgorithm.RSA_2048);
        try (Pair pair = new Pair(Pair.OPTIONS.withRetransmissionMillis(20), large, large)) {
            Impairment narrow = datagram -> datagram.length > 548 ? List.of() : List.of(datagram);
            pair.a.impairment = narrow;
            pair.z.impairment = narrow;
            pair.connect();
            assertTrue(pair.z.sent.stream().anyMatch(datagram -> datagram.length > 548));
        }
    }
}
