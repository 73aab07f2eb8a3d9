package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A peer whose certificate was not signalled is told so and gets nothing: not a byte of what it sends is delivered. */
class FingerprintMismatchTest {
    private static final int RUNS = 60;
    private static final int BAD_CERTIFICATE = 42;
    private static final DtlsOptions OPTIONS =
            DtlsOptions.DEFAULT.withRetransmissionMillis(20).withHandshakeTimeoutMillis(1_000);

    private static final DtlsCertificate OTHER = DtlsCertificate.generate();

    enum Path {
        CLIENT_IS_DECEIVED,
        SERVER_IS_DECEIVED,
        BOTH_ARE_DECEIVED,
        /** The first flight of the client waits for the server's start. */
        EARLY,
        /** The answer, and with it the fingerprint, comes when the peer's datagrams have come again and again. */
        LATE_DESCRIPTION
    }

    /** Every other run loses, repeats and swaps. */
    @ParameterizedTest
    @EnumSource
    void endsBothSidesAndNothingIsDelivered(Path path) {
        Runs.of(Runs.seeds(RUNS), seed -> {
            boolean lossy = seed % 2 == 0;
            try (Pair pair = new Pair(OPTIONS)) {
                if (lossy) {
                    pair.a.impairment = Impairment.random(seed, 20, 20, 20);
                    pair.z.impairment = Impairment.random(-seed, 20, 20, 20);
                }
                List<Fingerprint> forClient = path == Path.CLIENT_IS_DECEIVED || path == Path.BOTH_ARE_DECEIVED
                        ? OTHER.fingerprints()
                        : pair.z.certificate.fingerprints();
                List<Fingerprint> forServer =
                        path == Path.CLIENT_IS_DECEIVED ? pair.a.certificate.fingerprints() : OTHER.fingerprints();
                boolean serverWaits = path == Path.EARLY || path == Path.LATE_DESCRIPTION;
                if (!serverWaits) {
                    pair.z.start(DtlsRole.SERVER, forServer);
                }
                pair.a.start(DtlsRole.CLIENT, forClient);
                if (serverWaits) {
                    int datagrams = path == Path.EARLY ? 1 : 4;
                    pair.loop.await("the ClientHello", () -> pair.a.sent.size() >= datagrams);
                    pair.z.start(DtlsRole.SERVER, forServer);
                }
                Peer deceived = path == Path.CLIENT_IS_DECEIVED || path == Path.BOTH_ARE_DECEIVED ? pair.a : pair.z;
                Peer deceiver = deceived == pair.a ? pair.z : pair.a;
                deceived.awaitState(DtlsTransportState.FAILED);
                deceiver.awaitState(DtlsTransportState.FAILED);
                for (Peer peer : List.of(pair.a, pair.z)) {
                    assertEquals(List.of(), peer.received);
                    assertFalse(peer.states.contains(DtlsTransportState.CONNECTED), peer.states.toString());
                    assertEquals(1, peer.errors.size());
                }
                if (!lossy) {
                    assertEquals(
                            new DtlsAlert(BAD_CERTIFICATE, DtlsAlert.Direction.SENT),
                            deceived.errors.get(0).alert());
                    assertEquals(
                            new DtlsAlert(BAD_CERTIFICATE, DtlsAlert.Direction.RECEIVED),
                            deceiver.errors.get(0).alert());
                }
            }
        });
    }

    /** Nobody gets in by an earlier session: there is none that could be resumed. */
    @Test
    void aSessionIsNotResumed() {
        Runs.of(Runs.seeds(RUNS), seed -> {
            try (Pair pair = new Pair(OPTIONS)) {
                RawClient client = new RawClient(pair);
                client.sessionId = new byte[32];
                client.sessionId[0] = (byte) seed;
                pair.z.start(DtlsRole.SERVER, OTHER.fingerprints());
                Throwable refused = assertThrows(IOException.class, client::connect);
                assertFalse(client.resumed, refused.toString());
                pair.z.awaitState(DtlsTransportState.FAILED);
                assertEquals(List.of(), pair.z.received);
                assertEquals(
                        new DtlsAlert(BAD_CERTIFICATE, DtlsAlert.Direction.SENT),
                        pair.z.errors.get(0).alert());
            }
        });
    }
}
