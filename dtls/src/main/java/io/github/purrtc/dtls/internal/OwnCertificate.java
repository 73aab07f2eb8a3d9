package io.github.purrtc.dtls.internal;

/**
 * A certificate of ours and its key, shared by everything that needs it.
 *
 * @param encoded DER, which nobody changes
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
public record OwnCertificate(SigningKey key, byte[] encoded) {}
