package io.github.purrtc.dtls.internal;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.SignatureAlgorithm;
import org.bouncycastle.tls.SignatureScheme;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.Tls13Verifier;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsEncryptor;
import org.bouncycastle.tls.crypto.TlsVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsECDSAVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRSAPSSVerifier;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsRSAVerifier;
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
    private static final int MAX_RSA_BITS = 4096;
    private static final int MAX_RSA_EXPONENT_BITS = 33;

    private final BcTlsCrypto crypto;
    private final byte[] encoded;
    private final Predicate<byte[]> believed;
    private @Nullable AsymmetricKeyParameter publicKey;

    UnreadCertificate(BcTlsCrypto crypto, byte[] encoded, Predicate<byte[]> believed) {
        this.crypto = crypto;
        this.encoded = encoded;
        this.believed = believed;
    }

    private AsymmetricKeyParameter publicKey() throws IOException {
        AsymmetricKeyParameter known = publicKey;
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

    private AsymmetricKeyParameter readPublicKey() throws IOException {
        try {
            byte[] info = Der.subjectPublicKeyInfo(encoded);
            byte[] algorithm = Der.algorithmIdentifier(info);
            byte[] key = Der.publicKey(info);
            if (Arrays.equals(algorithm, RSA_ENCRYPTION)) {
                return rsa(Der.numbers(key));
            }
            // Curves that are spelt out, or are of another kind, can cost what time their sender likes
            // (CVE-2024-29857).
            for (Curve curve : Curve.values()) {
                if (Arrays.equals(algorithm, curve.algorithmIdentifier)) {
                    return new ECPublicKeyParameters(curve.domain().getCurve().decodePoint(key), curve.domain());
                }
            }
        } catch (IllegalArgumentException e) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "the certificate has no public key", e);
        }
        throw unsupported();
    }

    private static RSAKeyParameters rsa(BigInteger[] modulusAndExponent) throws IOException {
        BigInteger modulus = modulusAndExponent[0];
        BigInteger exponent = modulusAndExponent[1];
        if (modulus.bitLength() < MIN_RSA_BITS
                || modulus.bitLength() > MAX_RSA_BITS
                || exponent.bitLength() > MAX_RSA_EXPONENT_BITS) {
            throw unsupported();
        }
        return new RSAKeyParameters(false, modulus, exponent);
    }

    private static TlsFatalAlert unsupported() {
        return new TlsFatalAlert(
                AlertDescription.unsupported_certificate, "the certificate's key is neither P-256, P-384 nor RSA 2048");
    }

    @Override
    public byte[] getEncoded() {
        return encoded;
    }

    @Override
    public TlsVerifier createVerifier(short signatureAlgorithm) throws IOException {
        AsymmetricKeyParameter key = publicKey();
        // Kept as long as the connection, it would grow with its use; it is read again if need be.
        publicKey = null;
        if (key instanceof ECPublicKeyParameters elliptic && signatureAlgorithm == SignatureAlgorithm.ecdsa) {
            return new BcTlsECDSAVerifier(crypto, elliptic);
        }
        if (key instanceof RSAKeyParameters rsa && signatureAlgorithm == SignatureAlgorithm.rsa) {
            return new BcTlsRSAVerifier(crypto, rsa);
        }
        if (key instanceof RSAKeyParameters rsa && signatureAlgorithm == SignatureAlgorithm.rsa_pss_rsae_sha256) {
            return new BcTlsRSAPSSVerifier(crypto, rsa, SignatureScheme.rsa_pss_rsae_sha256);
        }
        throw new TlsFatalAlert(AlertDescription.illegal_parameter);
    }

    @Override
    public Tls13Verifier createVerifier(int signatureScheme) throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public boolean supportsSignatureAlgorithm(short signatureAlgorithm) throws IOException {
        return signatureAlgorithm == getLegacySignatureAlgorithm()
                || (signatureAlgorithm == SignatureAlgorithm.rsa_pss_rsae_sha256
                        && publicKey() instanceof RSAKeyParameters);
    }

    @Override
    public boolean supportsSignatureAlgorithmCA(short signatureAlgorithm) {
        return false;
    }

    @Override
    public short getLegacySignatureAlgorithm() throws IOException {
        return publicKey() instanceof RSAKeyParameters ? SignatureAlgorithm.rsa : SignatureAlgorithm.ecdsa;
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
