package io.github.purrtc.dtls.internal;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.Provider;
import java.security.Security;
import java.security.spec.AlgorithmParameterSpec;

/**
 * One direction of the protection of records, by the JDK's own provider, which uses the processor's instructions for it. Holds no buffer of
 * a record's size, and makes no garbage but what the JDK's interface asks for.
 */
final class RecordAead {
    static final int TAG_LENGTH = 16;

    /** The suites' ciphers, as the JDK names them. */
    enum Algorithm {
        AES_GCM("AES/GCM/NoPadding", "AES", 4, 8),
        CHACHA20_POLY1305("ChaCha20-Poly1305", "ChaCha20", 12, 0);

        /** Bytes of the nonce that come from the handshake. */
        final int implicitNonceLength;

        /** Bytes of the nonce in front of each ciphertext. */
        final int explicitNonceLength;

        private final String transformation;
        private final String key;

        Algorithm(String transformation, String key, int implicitNonceLength, int explicitNonceLength) {
            this.transformation = transformation;
            this.key = key;
            this.implicitNonceLength = implicitNonceLength;
            this.explicitNonceLength = explicitNonceLength;
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
    }

    private static final int NONCE_LENGTH = 12;
    private static final int ADDITIONAL_DATA_LENGTH = 13;

    private final Algorithm algorithm;
    private final int mode;
    private final SecretKeySpec key;
    private final byte[] implicitNonce;
    private final byte[] nonce;
    private final byte[] additionalData = new byte[ADDITIONAL_DATA_LENGTH];
    private Cipher cipher;

    RecordAead(Algorithm algorithm, int mode, byte[] key, byte[] implicitNonce) throws GeneralSecurityException {
        this.algorithm = algorithm;
        this.mode = mode;
        this.key = new SecretKeySpec(key, algorithm.key);
        this.implicitNonce = implicitNonce;
        this.nonce = new byte[NONCE_LENGTH];
        System.arraycopy(implicitNonce, 0, nonce, 0, implicitNonce.length);
        this.cipher = algorithm.newCipher();
    }

    /**
     * Encrypts, or decrypts and verifies; input and output are different arrays.
     *
     * @param number epoch and sequence number (RFC 6347 §4.1.2.1)
     * @param explicitNonce of a record of AES-GCM; our own is the number, which never comes twice (RFC 5288 §3)
     * @return the bytes of output
     */
    int process(
            long number,
            long explicitNonce,
            int type,
            byte[] input,
            int offset,
            int length,
            byte[] output,
            int outputOffset)
            throws GeneralSecurityException {
        int plaintextLength = mode == Cipher.ENCRYPT_MODE ? length : length - TAG_LENGTH;
        initCipher(number, explicitNonce);
        putLong(additionalData, 0, number);
        additionalData[8] = (byte) type;
        additionalData[9] = (byte) (Records.DTLS_1_2 >>> 8);
        additionalData[10] = (byte) Records.DTLS_1_2;
        additionalData[11] = (byte) (plaintextLength >>> 8);
        additionalData[12] = (byte) plaintextLength;
        cipher.updateAAD(additionalData);
        return cipher.doFinal(input, offset, length, output, outputOffset);
    }

    private void initCipher(long number, long explicitNonce) throws GeneralSecurityException {
        AlgorithmParameterSpec parameters;
        if (algorithm == Algorithm.AES_GCM) {
            putLong(nonce, NONCE_LENGTH - Long.BYTES, explicitNonce);
            parameters = new GCMParameterSpec(TAG_LENGTH * Byte.SIZE, nonce);
        } else {
            putLong(nonce, NONCE_LENGTH - Long.BYTES, number);
            for (int i = NONCE_LENGTH - Long.BYTES; i < NONCE_LENGTH; i++) {
                nonce[i] ^= implicitNonce[i];
            }
            parameters = new IvParameterSpec(nonce);
        }
        try {
            cipher.init(mode, key, parameters);
        } catch (InvalidKeyException e) {
            // The JDK's ChaCha20 refuses a nonce twice in a row, also when the first record was a forgery.
            if (mode == Cipher.ENCRYPT_MODE) {
                throw e;
            }
            cipher = algorithm.newCipher();
            cipher.init(mode, key, parameters);
        }
    }

    private static void putLong(byte[] bytes, int index, long value) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[index + i] = (byte) (value >>> (Long.SIZE - Byte.SIZE - i * Byte.SIZE));
        }
    }
}
