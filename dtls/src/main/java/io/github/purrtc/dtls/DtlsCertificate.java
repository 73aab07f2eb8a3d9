package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.CertificateFiles;
import io.github.purrtc.dtls.internal.OwnCertificate;
import io.github.purrtc.dtls.internal.SelfSigned;
import io.github.purrtc.dtls.internal.SigningKey;

import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.RSAKey;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/**
 * A certificate and its private key, which leaves this object for the handshake, and in {@link #toPem()} and
 * {@link #toPkcs12}. Immutable.
 */
public final class DtlsCertificate {
    /** As long as browsers make theirs. */
    private static final Duration LIFETIME = Duration.ofDays(30);

    private static final Duration MAX_LIFETIME = Duration.ofDays(365);
    private static final int MIN_RSA_BITS = 2048;

    private final OwnCertificate own;
    private final Instant expires;
    private final List<Fingerprint> fingerprints;

    private DtlsCertificate(OwnCertificate own, Instant expires, List<Fingerprint> fingerprints) {
        this.own = own;
        this.expires = expires;
        this.fingerprints = fingerprints;
    }

    private static DtlsCertificate withUsualFingerprint(SigningKey key, byte[] encoded, Instant expires) {
        return new DtlsCertificate(
                new OwnCertificate(key, encoded), expires, List.of(Fingerprint.of("sha-256", encoded)));
    }

    /** Makes a self-signed ECDSA P-256 certificate (RFC 8827 §6.5), valid for 30 days, that says nothing about its maker. */
    public static DtlsCertificate generate() {
        return generate(KeyAlgorithm.ECDSA_P256);
    }

    /** Makes a self-signed certificate, valid for 30 days. RSA takes a large part of a second. */
    public static DtlsCertificate generate(KeyAlgorithm algorithm) {
        return generate(algorithm, LIFETIME);
    }

    /**
     * Makes a self-signed certificate.
     *
     * @param lifetime from now, no more than 365 days, as in W3C's {@code generateCertificate}
     */
    public static DtlsCertificate generate(KeyAlgorithm algorithm, Duration lifetime) {
        if (lifetime.isNegative() || lifetime.compareTo(MAX_LIFETIME) > 0) {
            throw new IllegalArgumentException("a lifetime of 0 to 365 days, not " + lifetime);
        }
        SelfSigned made =
                switch (algorithm) {
                    case ECDSA_P256 -> SelfSigned.onCurve("secp256r1", lifetime);
                    case ECDSA_P384 -> SelfSigned.onCurve("secp384r1", lifetime);
                    case RSA_2048 -> SelfSigned.rsa(2048, lifetime);
                    case RSA_3072 -> SelfSigned.rsa(3072, lifetime);
                    case RSA_4096 -> SelfSigned.rsa(4096, lifetime);
                };
        return withUsualFingerprint(made.key(), made.certificate(), made.expires());
    }

    /**
     * A certificate made elsewhere.
     *
     * @param privateKey an EC key on P-256 or P-384, or an RSA key of 2,048 bits or more; may be of a hardware token
     * @throws IllegalArgumentException when the key is another, or not the certificate's
     */
    public static DtlsCertificate of(PrivateKey privateKey, X509Certificate certificate) {
        if (certificate.getPublicKey() instanceof RSAKey rsa && rsa.getModulus().bitLength() < MIN_RSA_BITS) {
            throw new IllegalArgumentException("an RSA key of less than " + MIN_RSA_BITS + " bits");
        }
        try {
            CertificateFiles.requirePair(privateKey, certificate.getPublicKey());
            return withUsualFingerprint(
                    SigningKey.of(privateKey),
                    certificate.getEncoded(),
                    certificate.getNotAfter().toInstant());
        } catch (InvalidKeyException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded", e);
        }
    }

    /**
     * A certificate of a key store.
     *
     * @throws IllegalArgumentException when the alias has no private key and certificate, or the password is wrong
     */
    public static DtlsCertificate of(KeyStore store, String alias, char[] password) {
        try {
            if (store.getKey(alias, password) instanceof PrivateKey key
                    && store.getCertificate(alias) instanceof X509Certificate certificate) {
                return of(key, certificate);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalArgumentException("the key of " + alias + " cannot be had: " + e.getMessage(), e);
        }
        throw new IllegalArgumentException("no private key and certificate by the name of " + alias);
    }

    /**
     * Reads what {@link #toPem()} or OpenSSL wrote: one private key (PKCS#8, or the older forms for EC and RSA), not
     * encrypted, and a certificate, the first of those there are, in either order.
     *
     * @throws IllegalArgumentException when the text holds no such pair
     */
    public static DtlsCertificate fromPem(String pem) {
        CertificateFiles.Pair read = CertificateFiles.fromPem(pem);
        return of(read.key(), read.certificate());
    }

    /**
     * Reads a PKCS#12 file with one private key, such as {@link #toPkcs12} wrote.
     *
     * @throws IllegalArgumentException when it is none, the password is wrong, or there is no key in it
     */
    public static DtlsCertificate fromPkcs12(byte[] file, char[] password) {
        CertificateFiles.Pair read = CertificateFiles.fromPkcs12(file, password);
        return of(read.key(), read.certificate());
    }

    /**
     * The private key in PKCS#8 and the certificate, readable by anybody.
     *
     * @throws IllegalStateException when the key is one that its provider does not give away
     */
    public String toPem() {
        return CertificateFiles.toPem(own.key().toPrivateKey(), own.encoded());
    }

    /**
     * A PKCS#12 file with the private key and the certificate.
     *
     * @throws IllegalStateException when the key is one that its provider does not give away
     */
    public byte[] toPkcs12(char[] password) {
        return CertificateFiles.toPkcs12(own.key().toPrivateKey(), own.encoded(), password);
    }

    /**
     * The same certificate with other fingerprints to be announced. SHA-256 alone, the default, is what everybody takes;
     * a peer that knows several hashes may choose (RFC 8122 §5).
     *
     * @param algorithms one or more of {@code sha-256}, {@code sha-384}, {@code sha-512}
     */
    public DtlsCertificate withFingerprints(String... algorithms) {
        if (algorithms.length == 0) {
            throw new IllegalArgumentException("a certificate without a fingerprint is nobody's");
        }
        List<Fingerprint> chosen = Stream.of(algorithms)
                .distinct()
                .map(algorithm -> Fingerprint.of(algorithm, own.encoded()))
                .toList();
        return new DtlsCertificate(own, expires, chosen);
    }

    /** The fingerprints to be written into a description. */
    public List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    /** The certificate's DER. */
    public byte[] encoded() {
        return own.encoded().clone();
    }

    /** When the certificate ends. */
    public Instant expires() {
        return expires;
    }

    OwnCertificate own() {
        return own;
    }

    PrivateKey privateKey() {
        return own.key().toPrivateKey();
    }

    @Override
    public String toString() {
        return "DtlsCertificate[" + fingerprints.get(0) + "]";
    }
}
