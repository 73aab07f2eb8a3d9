package io.github.purrtc.dtls.internal;

/**
 * A certificate of ours and its key.
 *
 * @param encoded DER
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once and never compared.
public record OwnCertificate(SigningKey key, byte[] encoded) {}
