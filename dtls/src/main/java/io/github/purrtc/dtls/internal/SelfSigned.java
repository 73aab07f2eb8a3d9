package io.github.purrtc.dtls.internal;

import org.bouncycastle.crypto.AsymmetricCipherKeyPair;
import org.bouncycastle.crypto.generators.ECKeyPairGenerator;
import org.bouncycastle.crypto.params.ECKeyGenerationParameters;
import org.bouncycastle.crypto.params.ECPrivateKeyParameters;
import org.bouncycastle.crypto.params.ECPublicKeyParameters;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * A fresh key and the certificate it signed itself (RFC 5280 §4.1), which says nothing about its maker.
 *
 * @param certificate DER
 */
@SuppressWarnings("ArrayRecordComponent") // Handed over once and never compared.
public record SelfSigned(SigningKey key, byte[] certificate, Instant expires) {
    /** A day of grace for clocks that are behind. */
    private static final Duration BACKDATED = Duration.ofDays(1);

    /** RFC 5280 §4.1.2.2: positive, at most 20 octets; 64 random bits are what CAs are asked for. */
    private static final int SERIAL_BITS = 127;

    private static final byte[] VERSION_3 = Der.hex("a003020102");
    private static final byte[] COMMON_NAME = Der.hex("0603550403");

    /** Makes an ECDSA key on the curve {@code secp256r1} or {@code secp384r1}. */
    public static SelfSigned onCurve(String standardName, Duration lifetime) {
        Curve curve = Curve.P256.standardName.equals(standardName) ? Curve.P256 : Curve.P384;
        ECKeyPairGenerator generator = new ECKeyPairGenerator();
        generator.init(new ECKeyGenerationParameters(curve.domain(), Randomness.SECURE));
        AsymmetricCipherKeyPair pair = generator.generateKeyPair();
        byte[] point = ((ECPublicKeyParameters) pair.getPublic()).getQ().getEncoded(false);
        byte[] publicKey = Der.sequence(curve.algorithmIdentifier, Der.bitString(point));
        return sign(new EllipticCurveKey(curve, (ECPrivateKeyParameters) pair.getPrivate()), publicKey, lifetime);
    }

    /** Makes an RSA key. */
    public static SelfSigned rsa(int modulusBits, Duration lifetime) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(modulusBits, Randomness.SECURE);
            KeyPair pair = generator.generateKeyPair();
            return sign(new JcaKey(pair.getPrivate()), pair.getPublic().getEncoded(), lifetime);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the JDK cannot make RSA keys of " + modulusBits + " bits", e);
        }
    }

    private static SelfSigned sign(SigningKey key, byte[] subjectPublicKeyInfo, Duration lifetime) {
        Instant now = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        Instant expires = now.plus(lifetime);
        byte[] algorithm = Der.hex(key.certificateSignature().algorithmIdentifier());
        byte[] name = Der.sequence(Der.value(Der.SET, Der.sequence(COMMON_NAME, Der.utf8String("WebRTC"))));
        byte[] tbsCertificate = Der.sequence(
                VERSION_3,
                Der.integer(new BigInteger(SERIAL_BITS, Randomness.SECURE).setBit(0)),
                algorithm,
                name,
                Der.sequence(Der.time(now.minus(BACKDATED)), Der.time(expires)),
                name,
                subjectPublicKeyInfo);
        byte[] certificate =
                Der.sequence(tbsCertificate, algorithm, Der.bitString(key.signCertificate(tbsCertificate)));
        return new SelfSigned(key, certificate, expires);
    }

    @Override
    public String toString() {
        return "SelfSigned[" + key + "]";
    }
}
