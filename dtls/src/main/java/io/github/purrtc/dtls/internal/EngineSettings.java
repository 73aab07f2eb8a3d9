package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;

import java.util.List;

/**
 * What one end of a connection is to be.
 *
 * @param certificate our certificate's DER
 * @param remoteFingerprints one of which the peer's certificate must have
 * @param retransmissionMillis until a flight is sent again the first time
 */
@SuppressWarnings("ArrayRecordComponent") // Settings are handed over once and never compared.
public record EngineSettings(
        DtlsRole role,
        SigningKey key,
        byte[] certificate,
        List<Fingerprint> remoteFingerprints,
        DtlsOptions options,
        int retransmissionMillis) {

    boolean believes(byte[] peerCertificate) {
        for (Fingerprint fingerprint : remoteFingerprints) {
            if (fingerprint.matches(peerCertificate)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public String toString() {
        return "EngineSettings[" + role + ", " + options + "]";
    }
}
