package io.github.purrtc.dtls;

import java.util.List;

/**
 * What a handshake agreed upon.
 *
 * @param protocol {@code DTLS 1.2}
 * @param cipherSuite IANA's name, such as {@code TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256}
 * @param group the key exchange's group, such as {@code x25519}
 * @param localCertificate the one of our certificates that was shown to the peer, in DER
 * @param remoteCertificates the peer's chain, its own certificate first, each in DER
 */
@SuppressWarnings("ArrayRecordComponent") // What sessions are is never compared.
public record DtlsSession(
        DtlsRole role,
        String protocol,
        String cipherSuite,
        String group,
        byte[] localCertificate,
        List<byte[]> remoteCertificates) {
    /** A copy: all connections with the certificate share it. */
    @Override
    public byte[] localCertificate() {
        return localCertificate.clone();
    }
}
