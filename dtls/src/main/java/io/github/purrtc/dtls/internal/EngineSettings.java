package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.Fingerprint;

import java.util.List;

/**
 * What one end of a connection is to be.
 *
 * @param certificates ours, one or more: the first that the peer can verify is used
 * @param remoteFingerprints one of which the peer's certificate must have
 * @param retransmissionMillis until a flight is sent again the first time
 */
public record EngineSettings(
        DtlsRole role,
        List<OwnCertificate> certificates,
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
