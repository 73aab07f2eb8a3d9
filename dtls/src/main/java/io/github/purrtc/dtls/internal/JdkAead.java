package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.impl.TlsAEADCipherImpl;
import org.jspecify.annotations.Nullable;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;

/** One direction of a record cipher, by the JDK's own provider, which uses the processor's instructions for it. */
final class JdkAead implements TlsAEADCipherImpl {
    /** The suites' ciphers, as the JDK names them. */
    enum Algorithm {
        AES_GCM("AES/GCM/NoPadding", "AES"),
        CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20");

        private final String transformation;
        private final String key;

        Algorithm(String transformation, String key) {
            this.transformation = transformation;
            this.key = key;
        }

        boolean isSupported() {
            try {
                newCipher();
                return true;
            } catch (GeneralSecurityException e) {
                return false;
            }
        }

        private Cipher newCipher() throws GeneralSecurityException {
            Provider sun = Security.getProvider("SunJCE");
            return sun == null ? Cipher.getInstance(transformation) : Cipher.getInstance(transformation, sun);
        }

        private AlgorithmParameterSpec parameters(byte[] nonce) {
            return this == AES_GCM ? new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce) : new IvParameterSpec(nonce);
        }
    }

    static final int TAG_LENGTH = 16;

    private static final byte[] NO_NONCE = {};

    private final Algorithm algorithm;
    private final int mode;
    private Cipher cipher;
    private @Nullable SecretKeySpec key;
    private byte[] nonce = NO_NONCE;
    private byte[] plaintext = new byte[2048];

    JdkAead(Algorithm algorithm, int mode) throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.mode = mode;
        this.cipher = algorithm.newCipher();
    }

    @Override
    public void setKey(byte[] bytes, int offset, int length) {
        key = new SecretKeySpec(bytes, offset, length, algorithm.key);
    }

    @Override
    public void init(byte[] recordNonce, int tagLength) {
        nonce = recordNonce;
    }

    @Override
    public int getOutputSize(int inputLength) {
        return mode == Cipher.ENCRYPT_MODE ? inputLength + TAG_LENGTH : Math.max(0, inputLength - TAG_LENGTH);
    }

    @Override
    public int doFinal(
            byte[] additionalData, byte[] input, int inputOffset, int length, byte[] output, int outputOffset)
            throws TlsFatalAlert {
        try {
            initCipher();
            cipher.updateAAD(additionalData);
            if (mode == Cipher.ENCRYPT_MODE) {
                return cipher.doFinal(input, inputOffset, length, output, outputOffset);
            }
            return decrypt(input, inputOffset, length, output, outputOffset);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(
                    mode == Cipher.ENCRYPT_MODE ? AlertDescription.internal_error : AlertDescription.bad_record_mac, e);
        }
    }

    private void initCipher() throws GeneralSecurityException {
        try {
            cipher.init(mode, key, algorithm.parameters(nonce));
        } catch (InvalidKeyException e) {
            // The JDK's ChaCha20 refuses a nonce twice in a row, also when the first record was a forgery.
            if (mode == Cipher.ENCRYPT_MODE) {
                throw e;
            }
            cipher = algorithm.newCipher();
            cipher.init(mode, key, algorithm.parameters(nonce));
        }
    }

    /** In place, the JDK would allocate as much again for each record. */
    private int decrypt(byte[] input, int offset, int length, byte[] output, int outputOffset)
            throws GeneralSecurityException {
        if (plaintext.length < length) {
            plaintext = new byte[length];
        }
        int decrypted = cipher.doFinal(input, offset, length, plaintext, 0);
        System.arraycopy(plaintext, 0, output, outputOffset, decrypted);
        return decrypted;
    }
}
