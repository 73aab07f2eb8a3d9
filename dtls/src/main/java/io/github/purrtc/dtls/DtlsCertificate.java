package io.github.purrtc.dtls;

import io.github.purrtc.dtls.internal.EllipticCurves;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.security.interfaces.ECKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;

/** A certificate and its private key, which never leaves this object and the handshake. Immutable. */
public final class DtlsCertificate {
    private static final Duration LIFETIME = Duration.ofDays(30);

    /** A day of grace for clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** RFC 5280 §4.1.2.2: positive, at most 20 octets; 64 random bits are what CAs are asked for. */
    private static final int SERIAL_BITS = 127;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final PrivateKey privateKey;
    private final byte[] encoded;
    private final Instant expires;
    private final List<Fingerprint> fingerprints;

    private DtlsCertificate(PrivateKey privateKey, byte[] encoded, Instant expires) {
        this.privateKey = privateKey;
        this.encoded = encoded;
        this.expires = expires;
        this.fingerprints = List.of(Fingerprint.of("sha-256", encoded));
    }

    /** Makes a self-signed ECDSA P-256 certificate (RFC 8827 §6.5), valid for 30 days, that says nothing about its maker. */
    public static DtlsCertificate generate() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC", EllipticCurves.PROVIDER);
            generator.initialize(new ECGenParameterSpec("secp256r1"), RANDOM);
            return selfSigned(generator.generateKeyPair(), "SHA256withECDSA");
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make ECDSA P-256 keys", e);
        }
    }

    /**
     * A certificate made elsewhere.
     *
     * @param privateKey an EC or RSA key that belongs to the certificate
     */
    public static DtlsCertificate of(PrivateKey privateKey, X509Certificate certificate) {
        if (!privateKey.getAlgorithm().equals(certificate.getPublicKey().getAlgorithm())) {
            throw new IllegalArgumentException("a key of " + privateKey.getAlgorithm() + " for a certificate of "
                    + certificate.getPublicKey().getAlgorithm());
        }
        try {
            return new DtlsCertificate(
                    privateKey,
                    certificate.getEncoded(),
                    certificate.getNotAfter().toInstant());
        } catch (CertificateEncodingException e) {
            throw new IllegalArgumentException("the certificate cannot be encoded", e);
        }
    }

    static DtlsCertificate selfSigned(KeyPair keys, String signatureAlgorithm) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(LIFETIME);
        X500Name name = new X500Name("CN=WebRTC");
        X509v3CertificateBuilder builder = new X509v3CertificateBuilder(
                name,
                new BigInteger(SERIAL_BITS, RANDOM).setBit(0),
                Date.from(now.minus(BACKDATED)),
                Date.from(expires),
                name,
                SubjectPublicKeyInfo.getInstance(keys.getPublic().getEncoded()));
        try {
            JcaContentSignerBuilder signer = new JcaContentSignerBuilder(signatureAlgorithm);
            if (keys.getPrivate() instanceof ECKey) {
                signer.setProvider(EllipticCurves.PROVIDER);
            }
            X509CertificateHolder holder = builder.build(signer.build(keys.getPrivate()));
            return new DtlsCertificate(keys.getPrivate(), holder.getEncoded(), expires);
        } catch (OperatorCreationException | java.io.IOException e) {
            throw new IllegalStateException("the certificate cannot be signed", e);
        }
    }

    /** The fingerprints to be written into a description: SHA-256. */
    public List<Fingerprint> fingerprints() {
        return fingerprints;
    }

    /** The certificate's DER. */
    public byte[] encoded() {
        return encoded.clone();
    }

    /** When the certificate ends. */
    public Instant expires() {
        return expires;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    @Override
    public String toString() {
        return "DtlsCertificate[" + fingerprints.get(0) + "]";
    }
}
