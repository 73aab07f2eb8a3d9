package io.github.purrtc.dtls;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/**
 * Handshakes over a network that loses, repeats and swaps datagrams. Everything is two fifths of real: the timer begins with
 * 20 ms, and 12 s stand for 30.
 */
class LossyHandshakeTest {
    private static final DtlsOptions SCALED =
            DtlsOptions.DEFAULT.withRetransmissionMillis(20).withHandshakeTimeoutMillis(12_000);
    private static final int SEEDS = 40;

    @ParameterizedTest(name = "loss {0} %, datagrams of {1} bytes")
    @CsvSource({"0, 1200", "10, 1200", "20, 1200", "50, 1200", "0, 300", "10, 300", "20, 300", "50, 300", "10, 128"})
    void completes(int lossPercent, int maxDatagramSize) {
        DtlsOptions options = SCALED.withMaxDatagramSize(maxDatagramSize);
        Runs.of(Runs.seeds(SEEDS), seed -> {
            try (Pair pair = new Pair(options)) {
                // Which end is the client changes with the seed.
                pair.a.impairment = Impairment.random(seed, lossPercent, 20, 20);
                pair.z.impairment = Impairment.random(-seed, lossPercent, 20, 20);
                boolean aIsClient = seed % 2 == 0;
                pair.a.start(aIsClient ? DtlsRole.CLIENT : DtlsRole.SERVER, pair.z.certificate.fingerprints());
                pair.z.start(aIsClient ? DtlsRole.SERVER : DtlsRole.CLIENT, pair.a.certificate.fingerprints());
                pair.a.awaitState(DtlsTransportState.CONNECTED);
                pair.z.awaitState(DtlsTransportState.CONNECTED);

                pair.a.impairment = Impairment.NONE;
                pair.a.send("hello");
                pair.z.awaitReceived("hello");
                assertEquals(0, pair.a.errors.size());
            }
        });
    }
}
