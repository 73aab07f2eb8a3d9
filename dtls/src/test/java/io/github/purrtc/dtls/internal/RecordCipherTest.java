package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import javax.crypto.Cipher;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class RecordCipherTest {
    private static final RecordBuffers BUFFERS = RecordBuffers.ofThisThread();
    private static final byte[] PLAINTEXT = "a record's plaintext".getBytes(StandardCharsets.US_ASCII);

    private static RecordAead aead(RecordAead.Algorithm algorithm, int mode) throws Exception {
        byte[] key = new byte[32];
        Arrays.fill(key, (byte) 7);
        byte[] nonce = new byte[algorithm.implicitNonceLength];
        Arrays.fill(nonce, (byte) 9);
        return new RecordAead(algorithm, mode, key, nonce);
    }

    /** One that decrypts what it encrypts. */
    private static RecordCipher cipher(RecordAead.Algorithm algorithm) throws Exception {
        return new RecordCipher(algorithm, aead(algorithm, Cipher.ENCRYPT_MODE), aead(algorithm, Cipher.DECRYPT_MODE));
    }

    private static byte[] seal(RecordCipher cipher, byte[] plaintext) throws Exception {
        int length = cipher.seal(BUFFERS, Records.APPLICATION_DATA, plaintext, 0, plaintext.length);
        return Arrays.copyOf(BUFFERS.sealed(length), length);
    }

    private static void assertOpens(RecordCipher cipher, byte[] expected, ByteBuffer datagram, int record, int length) {
        int opened = cipher.open(BUFFERS, datagram, record, length);
        assertEquals(expected.length, opened);
        assertArrayEquals(expected, Arrays.copyOf(BUFFERS.opened(opened).array(), opened));
    }

    @ParameterizedTest
    @EnumSource
    void undoesWhatItDid(RecordAead.Algorithm algorithm) throws Exception {
        RecordCipher cipher = cipher(algorithm);
        for (int length : new int[] {0, 1, 1200, 1500, 1501, Records.MAX_PLAINTEXT}) {
            byte[] plaintext = new byte[length];
            Arrays.fill(plaintext, (byte) length);
            byte[] record = seal(cipher, plaintext);
            assertOpens(cipher, plaintext, ByteBuffer.wrap(record), 0, record.length);
            ByteBuffer direct = ByteBuffer.allocateDirect(record.length + 3).put(3, record);
            assertOpens(cipher, plaintext, direct, 3, record.length);
        }
    }

    @ParameterizedTest
    @EnumSource
    void numbersCountUpAndAreTheNonceOfGcm(RecordAead.Algorithm algorithm) throws Exception {
        RecordCipher cipher = cipher(algorithm);
        for (int number = 0; number < 10_000; number++) {
            ByteBuffer record = ByteBuffer.wrap(seal(cipher, PLAINTEXT));
            assertEquals(1L << 48 | number, record.getLong(Records.NUMBER_OFFSET));
            if (algorithm == RecordAead.Algorithm.AES_GCM) {
                assertEquals(1L << 48 | number, record.getLong(Records.HEADER_LENGTH));
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void aForgeryDoesNotLockOutTheRecordOfItsNumber(RecordAead.Algorithm algorithm) throws Exception {
        RecordCipher cipher = cipher(algorithm);
        byte[] record = seal(cipher, PLAINTEXT);
        for (int bit = 0; bit < record.length * 8; bit++) {
            byte[] forgery = record.clone();
            forgery[bit / 8] ^= (byte) (1 << bit % 8);
            if (bit / 8 < 11 || bit / 8 >= Records.HEADER_LENGTH) {
                assertEquals(-1, cipher.open(BUFFERS, ByteBuffer.wrap(forgery), 0, forgery.length), "bit " + bit);
            }
        }
        assertOpens(cipher, PLAINTEXT, ByteBuffer.wrap(record), 0, record.length);
    }

    @ParameterizedTest
    @EnumSource
    void truncatedAtAnyPlaceItIsABadRecord(RecordAead.Algorithm algorithm) throws Exception {
        RecordCipher cipher = cipher(algorithm);
        byte[] record = seal(cipher, PLAINTEXT);
        for (int length = Records.HEADER_LENGTH; length < record.length; length++) {
            assertEquals(-1, cipher.open(BUFFERS, ByteBuffer.wrap(record), 0, length));
        }
    }

    @ParameterizedTest
    @EnumSource
    void whatBouncyCastleSendsIsNumberedWithTheRest(RecordAead.Algorithm algorithm) throws Exception {
        RecordCipher cipher = cipher(algorithm);
        seal(cipher, PLAINTEXT);
        TlsEncodeResult encoded = cipher.encodePlaintext(
                1L << 48, ContentType.alert, ProtocolVersion.DTLSv12, Records.HEADER_LENGTH, PLAINTEXT, 2, 2);
        Records.putNumber(encoded.buf, encoded.off, 1L << 48);
        cipher.stampLatest(encoded.buf, encoded.off);
        ByteBuffer record = ByteBuffer.wrap(Arrays.copyOf(encoded.buf, encoded.len));
        assertEquals(1L << 48 | 1, Records.number(record, 0));

        TlsDecodeResult decoded = cipher.decodeCiphertext(
                Records.number(record, 0),
                ContentType.alert,
                ProtocolVersion.DTLSv12,
                record.array(),
                Records.HEADER_LENGTH,
                encoded.len - Records.HEADER_LENGTH);
        assertEquals(2, decoded.len);
        assertEquals(PLAINTEXT[2], decoded.buf[decoded.off]);
        assertTrue(cipher.getPlaintextEncodeLimit(cipher.getCiphertextEncodeLimit(100)) == 100);
    }

    @Test
    void anEncryptedMessageThatDeclaresMuchIsDropped() throws Exception {
        RecordCipher cipher = cipher(RecordAead.Algorithm.AES_GCM);
        for (int declared : new int[] {0xFFFFFF, 0x10000, 0x100, 65}) {
            assertDropped(cipher, message(declared, 24));
        }
        assertDropped(cipher, message(12, 11));
        assertDropped(cipher, message(12, 200));
        decode(cipher, message(12, 24));
    }

    private static byte[] message(int declared, int length) {
        byte[] header = {20, (byte) (declared >>> 16), (byte) (declared >>> 8), (byte) declared};
        return Arrays.copyOf(header, length);
    }

    private static void decode(RecordCipher cipher, byte[] message) throws Exception {
        int length = cipher.seal(BUFFERS, ContentType.handshake, message, 0, message.length);
        byte[] record = Arrays.copyOf(BUFFERS.sealed(length), length);
        cipher.decodeCiphertext(
                Records.number(ByteBuffer.wrap(record), 0),
                ContentType.handshake,
                ProtocolVersion.DTLSv12,
                record,
                Records.HEADER_LENGTH,
                length - Records.HEADER_LENGTH);
    }

    private static void assertDropped(RecordCipher cipher, byte[] message) {
        TlsFatalAlert alert = assertThrows(TlsFatalAlert.class, () -> decode(cipher, message));
        assertEquals(AlertDescription.bad_record_mac, alert.getAlertDescription());
    }
}
