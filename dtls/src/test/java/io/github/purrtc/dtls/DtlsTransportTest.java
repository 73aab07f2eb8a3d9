package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class DtlsTransportTest {
    private static final List<DtlsTransportState> CONNECTED =
            List.of(DtlsTransportState.CONNECTING, DtlsTransportState.CONNECTED);

    @Test
    void connectsAndCarriesDataBothWays() {
        try (Pair pair = new Pair().connect()) {
            pair.a.send("from A");
            pair.z.awaitReceived("from A");
            pair.z.send("from Z");
            pair.a.awaitReceived("from Z");

            assertEquals(CONNECTED, pair.a.states);
            assertEquals(CONNECTED, pair.z.states);
            assertEquals(List.of(), pair.a.errors);
            assertArrayEquals(
                    Pair.Z_CERTIFICATE.encoded(),
                    pair.a.transport.remoteCertificates().get(0));
            assertArrayEquals(
                    Pair.A_CERTIFICATE.encoded(),
                    pair.z.transport.remoteCertificates().get(0));
        }
    }

    @Test
    void aFlightIsOneFlushAndNothingIsSentTwiceWithoutLoss() {
        try (Pair pair = new Pair(Pair.OPTIONS.withRetransmissionMillis(20_000)).connect()) {
            // A -> ClientHello -> Z, A <- ServerHello…Done <- Z, A -> Certificate…Finished -> Z, A <- Finished <- Z
            assertEquals(2, pair.a.flushes);
            assertEquals(2, pair.z.flushes);
            assertTrue(
                    pair.a.sent.size() <= 3 && pair.z.sent.size() <= 3, pair.a.sent.size() + " " + pair.z.sent.size());
        }
    }
}
