package io.github.purrtc.interop;

import io.github.purrtc.benchmarks.emulator.Relay;
import org.jspecify.annotations.Nullable;

/**
 * How two peers are connected.
 *
 * @param old whether the offer is in the older dialect of SDP, where the offering side can
 * @param trickle whether candidates are signalled one by one, and none in the descriptions; else all of them there
 * @param certificate {@code rsa} or {@code ecdsa}, empty for each side's own choice
 * @param relay what stands between them
 * @param maxDatagramSize {@code Configuration.maxDatagramSize} of ours; 0 for the default
 */
record Setup(
        boolean old,
        boolean trickle,
        String certificate,
        @Nullable Relay relay,
        int maxDatagramSize) {
    static final Setup USUAL = new Setup(false, true, "", null, 0);

    Setup inOldDialect() {
        return new Setup(true, trickle, certificate, relay, maxDatagramSize);
    }

    Setup withoutTrickle() {
        return new Setup(old, false, certificate, relay, maxDatagramSize);
    }

    Setup withCertificate(String kind) {
        return new Setup(old, trickle, kind, relay, maxDatagramSize);
    }

    Setup through(Relay between) {
        return new Setup(old, trickle, certificate, between, maxDatagramSize);
    }

    Setup withMaxDatagramSize(int bytes) {
        return new Setup(old, trickle, certificate, relay, bytes);
    }
}
