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
 */
record Setup(
        boolean old,
        boolean trickle,
        String certificate,
        @Nullable Relay relay) {
    static final Setup USUAL = new Setup(false, true, "", null);

    Setup inOldDialect() {
        return new Setup(true, trickle, certificate, relay);
    }

    Setup withoutTrickle() {
        return new Setup(old, false, certificate, relay);
    }

    Setup withCertificate(String kind) {
        return new Setup(old, trickle, kind, relay);
    }

    Setup through(Relay between) {
        return new Setup(old, trickle, certificate, between);
    }
}
