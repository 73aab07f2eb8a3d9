package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.TlsFatalAlert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.crypto.Cipher;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class JdkAeadTest {
    private static final byte[] PLAINTEXT = "a record's plaintext".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] ADDITIONAL_DATA = new byte[13];

    private static JdkAead cipher(JdkAead.Algorithm algorithm, int mode) throws Exception {
        JdkAead cipher = new JdkAead(algorithm, mode);
        byte[] key = new byte[40];
        Arrays.fill(key, (byte) 7);
        cipher.setKey(key, 4, 32);
        return cipher;
    }

    private static byte[] nonce(int number) {
        byte[] nonce = new byte[12];
        nonce[11] = (byte) number;
        return nonce;
    }

    private static byte[] encrypt(JdkAead cipher, int number) throws Exception {
        byte[] record = new byte[5 + cipher.getOutputSize(PLAINTEXT.length)];
        System.arraycopy(PLAINTEXT, 0, record, 5, PLAINTEXT.length);
        cipher.init(nonce(number), JdkAead.TAG_LENGTH);
        assertEquals(record.length - 5, cipher.doFinal(ADDITIONAL_DATA, record, 5, PLAINTEXT.length, record, 5));
        return record;
    }

    private static byte[] decrypt(JdkAead cipher, int number, byte[] record) throws Exception {
        byte[] copy = record.clone();
        cipher.init(nonce(number), JdkAead.TAG_LENGTH);
        int length = cipher.doFinal(ADDITIONAL_DATA, copy, 5, copy.length - 5, copy, 5);
        assertEquals(cipher.getOutputSize(record.length - 5), length);
        return Arrays.copyOfRange(copy, 5, 5 + length);
    }

    @ParameterizedTest
    @EnumSource
    void undoesInPlaceWhatItDid(JdkAead.Algorithm algorithm) throws Exception {
        JdkAead encrypting = cipher(algorithm, Cipher.ENCRYPT_MODE);
        JdkAead decrypting = cipher(algorithm, Cipher.DECRYPT_MODE);
        for (int number = 0; number < 3; number++) {
            assertArrayEquals(PLAINTEXT, decrypt(decrypting, number, encrypt(encrypting, number)));
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgeryDoesNotLockOutTheRecordOfItsNumber(JdkAead.Algorithm algorithm) throws Exception {
        byte[] record = encrypt(cipher(algorithm, Cipher.ENCRYPT_MODE), 1);
        byte[] forgery = record.clone();
        forgery[9] ^= 1;
        JdkAead decrypting = cipher(algorithm, Cipher.DECRYPT_MODE);
        for (int i = 0; i < 3; i++) {
            TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> decrypt(decrypting, 1, forgery));
            assertEquals(AlertDescription.bad_record_mac, alert.getAlertDescription());
        }
        assertArrayEquals(PLAINTEXT, decrypt(decrypting, 1, record));
    }

    @ParameterizedTest
    @EnumSource
    void aNonceIsNeverUsedTwiceToEncrypt(JdkAead.Algorithm algorithm) throws Exception {
        JdkAead encrypting = cipher(algorithm, Cipher.ENCRYPT_MODE);
        encrypt(encrypting, 1);
        assertThrows(TlsFatalAlert.class, () -> encrypt(encrypting, 1));
    }

    @ParameterizedTest
    @EnumSource
    void truncatedAtAnyPlaceItIsABadRecord(JdkAead.Algorithm algorithm) throws Exception {
        byte[] record = encrypt(cipher(algorithm, Cipher.ENCRYPT_MODE), 1);
        JdkAead decrypting = cipher(algorithm, Cipher.DECRYPT_MODE);
        for (int length = 5; length < record.length; length++) {
            byte[] part = Arrays.copyOf(record, length);
            assertThrows(TlsFatalAlert.class, () -> decrypt(decrypting, 1, part));
        }
    }
}
