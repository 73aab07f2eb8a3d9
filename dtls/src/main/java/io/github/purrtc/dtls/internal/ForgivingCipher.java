package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

import java.io.IOException;

/**
 * Makes every record that cannot be decrypted one with a bad MAC, which Bouncy Castle drops (RFC 6347 §4.1.2.7): for other
 * errors, such as a record shorter than its tag, which anybody can send, it would end the connection.
 */
final class ForgivingCipher implements TlsCipher {
    /** The only encrypted handshake message, Finished, has 12 bytes (RFC 5246 §7.4.9). */
    private static final int MAX_HANDSHAKE_LENGTH = 64;

    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack, and costs a flood of forgeries less.
    private static final TlsFatalAlert BAD_RECORD_MAC = new StacklessAlert();

    private final TlsCipher cipher;

    ForgivingCipher(TlsCipher cipher) {
        this.cipher = cipher;
    }

    @Override
    public TlsDecodeResult decodeCiphertext(
            long sequenceNumber, short recordType, ProtocolVersion version, byte[] ciphertext, int offset, int length)
            throws IOException {
        TlsDecodeResult decoded;
        try {
            decoded = cipher.decodeCiphertext(sequenceNumber, recordType, version, ciphertext, offset, length);
        } catch (IOException | RuntimeException e) {
            throw BAD_RECORD_MAC;
        }
        if (decoded.contentType == ContentType.handshake && !isSmallMessage(decoded)) {
            throw BAD_RECORD_MAC;
        }
        return decoded;
    }

    /** Whether a handshake message declares a harmless length: what it declares is allocated (CVE-2026-59646). */
    private static boolean isSmallMessage(TlsDecodeResult decoded) {
        byte[] bytes = decoded.buf;
        int start = decoded.off;
        return decoded.len >= Records.HANDSHAKE_HEADER_LENGTH
                && decoded.len <= Records.HANDSHAKE_HEADER_LENGTH + MAX_HANDSHAKE_LENGTH
                && bytes[start + 1] == 0
                && bytes[start + 2] == 0
                && (bytes[start + 3] & 0xFF) <= MAX_HANDSHAKE_LENGTH;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long sequenceNumber,
            short contentType,
            ProtocolVersion version,
            int headerAllocation,
            byte[] plaintext,
            int offset,
            int length)
            throws IOException {
        return cipher.encodePlaintext(
                sequenceNumber, contentType, version, headerAllocation, plaintext, offset, length);
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return cipher.getCiphertextDecodeLimit(plaintextLimit);
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return cipher.getCiphertextEncodeLimit(plaintextLimit);
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextDecodeLimit(ciphertextLimit);
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return cipher.getPlaintextEncodeLimit(ciphertextLimit);
    }

    @Override
    public void rekeyDecoder() throws IOException {
        cipher.rekeyDecoder();
    }

    @Override
    public void rekeyEncoder() throws IOException {
        cipher.rekeyEncoder();
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return cipher.usesOpaqueRecordTypeDecode();
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return cipher.usesOpaqueRecordTypeEncode();
    }

    /** Made once, thrown for every forged record. */
    private static final class StacklessAlert extends TlsFatalAlert {
        private static final long serialVersionUID = 1L;

        StacklessAlert() {
            super(AlertDescription.bad_record_mac);
        }

        @Override
        public synchronized Throwable fillInStackTrace() {
            return this;
        }
    }
}
