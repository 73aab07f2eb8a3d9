package io.github.purrtc.dtls.internal;

import org.bouncycastle.jcajce.util.DefaultJcaJceHelper;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.EncryptionAlgorithm;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsCryptoParameters;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipher;
import org.bouncycastle.tls.crypto.impl.jcajce.JcaTlsCrypto;

import javax.crypto.Cipher;
import javax.crypto.KeyAgreement;
import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.security.Signature;

/** Cryptography by the JDK's providers, with Bouncy Castle's (never registered) for signatures that they lack. */
final class JdkTlsCrypto extends JcaTlsCrypto {
    private static final int CHACHA20_KEY_LENGTH = 32;

    private JdkTlsCrypto(SecureRandom random) {
        super(new JdkFirst(), random, random);
    }

    /** The one instance: it has no state but a cache of what is supported. */
    static JdkTlsCrypto instance() {
        return Shared.INSTANCE;
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
    protected Boolean isSupportedEncryptionAlgorithm(int encryptionAlgorithm) {
        return switch (encryptionAlgorithm) {
            case EncryptionAlgorithm.AES_128_GCM, EncryptionAlgorithm.AES_256_GCM ->
                JdkAead.Algorithm.AES_GCM.isSupported();
            case EncryptionAlgorithm.CHACHA20_POLY1305 -> JdkAead.Algorithm.CHACHA20_POLY1305.isSupported();
            default -> false;
        };
    }

    /** The JDK's providers in their order; Bouncy Castle for elliptic curves, and where a name is known to it alone. */
    private static final class JdkFirst extends DefaultJcaJceHelper {
        @Override
        public Signature createSignature(String algorithm) throws NoSuchAlgorithmException {
            if (EllipticCurves.isOne(algorithm)) {
                return Signature.getInstance(algorithm, EllipticCurves.PROVIDER);
            }
            try {
                return super.createSignature(algorithm);
            } catch (NoSuchAlgorithmException e) {
                // RSA-PSS goes by another name in the JDK.
                return Signature.getInstance(algorithm, EllipticCurves.PROVIDER);
            }
        }

        @Override
        public KeyPairGenerator createKeyPairGenerator(String algorithm) throws NoSuchAlgorithmException {
            return EllipticCurves.isOne(algorithm)
                    ? KeyPairGenerator.getInstance(algorithm, EllipticCurves.PROVIDER)
                    : super.createKeyPairGenerator(algorithm);
        }

        @Override
        public KeyAgreement createKeyAgreement(String algorithm) throws NoSuchAlgorithmException {
            return EllipticCurves.isOne(algorithm)
                    ? KeyAgreement.getInstance(algorithm, EllipticCurves.PROVIDER)
                    : super.createKeyAgreement(algorithm);
        }

        @Override
        public KeyFactory createKeyFactory(String algorithm) throws NoSuchAlgorithmException {
            return EllipticCurves.isOne(algorithm)
                    ? KeyFactory.getInstance(algorithm, EllipticCurves.PROVIDER)
                    : super.createKeyFactory(algorithm);
        }

        @Override
        public AlgorithmParameters createAlgorithmParameters(String algorithm) throws NoSuchAlgorithmException {
            return EllipticCurves.isOne(algorithm)
                    ? AlgorithmParameters.getInstance(algorithm, EllipticCurves.PROVIDER)
                    : super.createAlgorithmParameters(algorithm);
        }
    }

    /** Made at first use. */
    private static final class Shared {
        static final JdkTlsCrypto INSTANCE = new JdkTlsCrypto(new SecureRandom());
    }
}
