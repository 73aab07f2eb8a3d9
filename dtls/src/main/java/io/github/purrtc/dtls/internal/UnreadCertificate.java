package io.github.purrtc.dtls.internal;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRawKeyCertificate;
import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.function.Predicate;

/**
 * A certificate of which nothing is looked at but its fingerprint and, if that is one that was signalled, the public key.
 * Names, dates, extensions and whoever signed it say nothing in WebRTC (RFC 8827 §6.5), so nobody is led into their parsing.
 */
final class UnreadCertificate implements TlsCertificate {
    private static final byte[] RSA_ENCRYPTION = Der.hex("300d06092a864886f70d0101010500");
    private static final int MIN_RSA_BITS = 2048;

    private final BcTlsCrypto crypto;
    private final byte[] encoded;
    private final Predicate<byte[]> believed;
    private @Nullable BcTlsRawKeyCertificate publicKey;

    UnreadCertificate(BcTlsCrypto crypto, byte[] encoded, Predicate<byte[]> believed) {
        this.crypto = crypto;
        this.encoded = encoded;
        this.believed = believed;
    }

    private BcTlsRawKeyCertificate publicKey() throws IOException {
        BcTlsRawKeyCertificate known = publicKey;
        if (known == null) {
            if (!believed.test(encoded)) {
                throw new TlsFatalAlert(
                        AlertDescription.bad_certificate,
                        "the peer's certificate has none of the fingerprints signalled");
            }
            publicKey = known = readPublicKey();
        }
        return known;
    }

    private BcTlsRawKeyCertificate readPublicKey() throws IOException {
        try {
            byte[] info = Der.subjectPublicKeyInfo(encoded);
            byte[] algorithm = Der.algorithmIdentifier(info);
            BcTlsRawKeyCertificate key = new BcTlsRawKeyCertificate(crypto, SubjectPublicKeyInfo.getInstance(info));
            boolean rsa = Arrays.equals(algorithm, RSA_ENCRYPTION);
            if (rsa && key.getPubKeyRSA().getModulus().bitLength() >= MIN_RSA_BITS || !rsa && isOnCurve(algorithm)) {
                return key;
            }
        } catch (IllegalArgumentException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate has no public key", e);
        }
        throw new TlsFatalAlert(
                AlertDescription.unsupported_certificate, "the certificate's key is neither P-256, P-384 nor RSA 2048");
    }

    /** Curves that are spelt out, or are of another kind, can cost as much time as their sender likes (CVE-2024-29857). */
    private static boolean isOnCurve(byte[] algorithmIdentifier) {
        for (Curve curve : Curve.values()) {
            if (Arrays.equals(curve.algorithmIdentifier, algorithmIdentifier)) {
                return true;
            }
        }
        return false;
    }

    @Override
    public byte[] getEncoded() {
        return encoded;
    }

    @Override
    public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
        return publicKey().createVerifier(signatureAlgorithm);
    }

    @Override
    public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
        return publicKey().createVerifier(signatureScheme);
    }

    @Override
    public boolean supportsSignatureAlgorithm(short signatureAlgorithm) throws IOException {
        return publicKey().supportsSignatureAlgorithm(signatureAlgorithm);
    }

    @Override
    public boolean supportsSignatureAlgorithmCA(short signatureAlgorithm) {
        return false;
    }

    @Override
    public short getLegacySignatureAlgorithm() throws IOException {
        return publicKey().getLegacySignatureAlgorithm();
    }

    @Override
    public TlsEncryptor createEncryptor(int tlsCertificateRole) throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public TlsCertificate checkUsageInRole(int tlsCertificateRole) throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public byte @Nullable [] getExtension(ASN1ObjectIdentifier extension) {
        return null;
    }

    @Override
    public BigInteger getSerialNumber() {
        return BigInteger.ZERO;
    }

    /** None, so that Bouncy Castle does not hash the certificate for channel bindings. */
    @Override
    public @Nullable String getSigAlgOID() {
        return null;
    }

    @Override
    public @Nullable ASN1Encodable getSigAlgParams() {
        return null;
    }
}
