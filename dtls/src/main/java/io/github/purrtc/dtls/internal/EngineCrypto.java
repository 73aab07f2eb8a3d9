package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.CertificateType;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCertificate;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.bc.BcTlsCrypto;

import javax.crypto.Cipher;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.function.Predicate;

/**
 * The cryptography of one handshake: Bouncy Castle's own, without a provider, for elliptic curves and hashes; the JDK's for
 * records; and certificates that are believed before they are read.
 */
final class EngineCrypto extends BcTlsCrypto {
    private static final int CHACHA20_KEY_LENGTH = 32;

    private final Predicate<byte[]> believed;

    /** @param believed whether a certificate, in DER, is the one that was signalled */
    EngineCrypto(Predicate<byte[]> believed) {
        super(Randomness.SECURE);
        this.believed = believed;
    }

    @Override
    public TlsCertificate createCertificate(short type, byte[] encoding) throws IOException {
        if (type != CertificateType.X509) {
            throw new TlsFatalAlert(AlertDescription.unsupported_certificate);
        }
        return new UnreadCertificate(this, encoding, believed);
    }

    @Override
    public TlsCipher createCipher(TlsCryptoParameters parameters, int encryptionAlgorithm, int macAlgorithm)
            throws IOException {
        return switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM -> gcm(parameters, 16);
            case EncryptionAlgorithm.AES_256_GCM -> gcm(parameters, 32);
            case EncryptionAlgorithm.CHACHA20_POLY1305 ->
                aead(
                        parameters,
                        JdkAead.Algorithm.CHACHA20_POLY1305,
                        CHACHA20_KEY_LENGTH,
                        TlsAEADCipher.AEAD_CHACHA20_POLY1305);
            default -> throw new TlsFatalAlert(AlertDescription.internal_error);
        };
    }

    private static TlsCipher gcm(TlsCryptoParameters parameters, int keyLength) throws IOException {
        return aead(parameters, JdkAead.Algorithm.AES_GCM, keyLength, TlsAEADCipher.AEAD_GCM);
    }

    private static TlsCipher aead(TlsCryptoParameters parameters, JdkAead.Algorithm algorithm, int keyLength, int type)
            throws IOException {
        try {
            JdkAead encrypt = new JdkAead(algorithm, Cipher.ENCRYPT_MODE);
            JdkAead decrypt = new JdkAead(algorithm, Cipher.DECRYPT_MODE);
            return new ForgivingCipher(
                    new TlsAEADCipher(parameters, encrypt, decrypt, keyLength, JdkAead.TAG_LENGTH, type, null));
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    @Override
    public boolean hasEncryptionAlgorithm(int encryptionAlgorithm) {
        return switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM, EncryptionAlgorithm.AES_256_GCM ->
                JdkAead.Algorithm.AES_GCM.isSupported();
            case EncryptionAlgorithm.CHACHA20_POLY1305 -> JdkAead.Algorithm.CHACHA20_POLY1305.isSupported();
            default -> false;
        };
    }
}
