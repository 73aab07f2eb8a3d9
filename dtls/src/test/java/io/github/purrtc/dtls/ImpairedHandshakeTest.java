package io.github.purrtc.dtls;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Handshakes over a network that loses, repeats and swaps datagrams. */
class ImpairedHandshakeTest {
    private static final int SEEDS = 8;

    @ParameterizedTest(name = "loss {0} %, datagrams of {1} bytes")
    @CsvSource({"0, 1200", "10, 1200", "30, 1200", "50, 1200", "0, 300", "10, 300", "30, 300", "10, 128"})
    void completes(int lossPercent, int maxDatagramSize) {
        DtlsOptions options = DtlsOptions.DEFAULT.withRetransmissionMillis(20).withMaxDatagramSize(maxDatagramSize);
        for (long seed = 1; seed <= SEEDS; seed++) {
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
            } catch (AssertionError e) {
                throw new AssertionError("seed " + seed, e);
            }
        }
    }
}
