package io.github.purrtc.dtls.internal;

import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.ContentType;
import org.bouncycastle.tls.ProtocolVersion;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.crypto.TlsCipher;
import org.bouncycastle.tls.crypto.TlsDecodeResult;
import org.bouncycastle.tls.crypto.TlsEncodeResult;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * The protection of the records of epoch 1, which Bouncy Castle uses for what is left of the handshake and for alerts, and
 * the engine, without it, for application data: one copy, no garbage and a wide replay window. All that is sent is
 * numbered here, whoever sends it, so that no number comes twice.
 *
 * <p>Every record that cannot be decrypted is one with a bad MAC, which Bouncy Castle drops (RFC 6347 §4.1.2.7): for other
 * errors, such as a record shorter than its tag, which anybody can send, it would end the connection.
 */
final class RecordCipher implements TlsCipher {
    /** The only encrypted handshake message, Finished, has 12 bytes (RFC 5246 §7.4.9). */
    private static final int MAX_HANDSHAKE_LENGTH = 64;

    private static final long EPOCH_1 = 1L << 48;
    private static final long MAX_SEQUENCE_NUMBER = EPOCH_1 - 1;

    @SuppressWarnings("StaticAssignmentOfThrowable") // It has no stack, and costs a flood of forgeries less.
    private static final TlsFatalAlert BAD_RECORD_MAC = new StacklessAlert();

    private static final byte[] EMPTY = {};

    private final RecordAead encrypting;
    private final RecordAead decrypting;
    private final int explicitNonceLength;
    private final int overhead;

    private long nextSequenceNumber;
    private byte[] latestHandshake = EMPTY;

    RecordCipher(RecordAead.Algorithm algorithm, RecordAead encrypting, RecordAead decrypting) {
        this.encrypting = encrypting;
        this.decrypting = decrypting;
        this.explicitNonceLength = algorithm.explicitNonceLength;
        this.overhead = explicitNonceLength + RecordAead.TAG_LENGTH;
    }

    /**
     * Makes the next record, to be found in {@link RecordBuffers#sealed} from the beginning.
     *
     * @return its length
     * @throws GeneralSecurityException when all the numbers are used up
     */
    int seal(RecordBuffers buffers, int type, byte[] plaintext, int offset, int length)
            throws GeneralSecurityException {
        if (nextSequenceNumber > MAX_SEQUENCE_NUMBER) {
            throw new GeneralSecurityException("the sequence numbers are used up");
        }
        int recordLength = Records.HEADER_LENGTH + overhead + length;
        byte[] sealed = buffers.sealed(recordLength);
        long number = EPOCH_1 | nextSequenceNumber++;
        Records.putHeader(sealed, type, Records.DTLS_1_2, number, overhead + length);
        int body = Records.HEADER_LENGTH;
        if (explicitNonceLength > 0) {
            System.arraycopy(sealed, Records.NUMBER_OFFSET, sealed, body, explicitNonceLength);
            body += explicitNonceLength;
        }
        encrypting.process(number, number, type, plaintext, offset, length, sealed, body);
        return recordLength;
    }

    /** Puts the number of the record sealed last in place of the one that Bouncy Castle gave it. */
    void stampLatest(byte[] record, int offset) {
        Records.putNumber(record, offset, EPOCH_1 | nextSequenceNumber - 1);
    }

    /** Puts the handshake message that was sealed last into a record of a new number, in the place of the first one. */
    void sealHandshakeAgain(byte[] records, int offset) {
        try {
            RecordBuffers buffers = RecordBuffers.ofThisThread();
            int length = seal(buffers, Records.HANDSHAKE, latestHandshake, 0, latestHandshake.length);
            System.arraycopy(buffers.sealed(length), 0, records, offset, length);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /**
     * Decrypts a record into {@link RecordBuffers#opened}, from the beginning.
     *
     * @return the plaintext's length, or -1 when the record is not the peer's
     */
    int open(RecordBuffers buffers, ByteBuffer datagram, int record, int length) {
        if (Records.version(datagram, record) != Records.DTLS_1_2) {
            return -1;
        }
        int body = record + Records.HEADER_LENGTH;
        int bodyLength = length - Records.HEADER_LENGTH;
        if (datagram.hasArray()) {
            return open(
                    buffers,
                    Records.number(datagram, record),
                    Records.type(datagram, record),
                    datagram.array(),
                    datagram.arrayOffset() + body,
                    bodyLength);
        }
        byte[] copied = buffers.copied(bodyLength);
        datagram.get(body, copied, 0, bodyLength);
        return open(buffers, Records.number(datagram, record), Records.type(datagram, record), copied, 0, bodyLength);
    }

    private int open(RecordBuffers buffers, long number, int type, byte[] body, int offset, int length) {
        if (length < overhead) {
            return -1;
        }
        long nonce = 0;
        for (int i = 0; i < explicitNonceLength; i++) {
            nonce = (nonce << Byte.SIZE) | (body[offset + i] & 0xFF);
        }
        try {
            return decrypting.process(
                    number,
                    nonce,
                    type,
                    body,
                    offset + explicitNonceLength,
                    length - explicitNonceLength,
                    buffers.opened(length).array(),
                    0);
        } catch (GeneralSecurityException | RuntimeException e) {
            return -1;
        }
    }

    // What Bouncy Castle asks for.

    @Override
    public TlsDecodeResult decodeCiphertext(
            long number, short type, ProtocolVersion version, byte[] ciphertext, int offset, int length)
            throws IOException {
        RecordBuffers buffers = RecordBuffers.ofThisThread();
        boolean known = version.equals(ProtocolVersion.DTLSv12);
        int decrypted = known ? open(buffers, number, type, ciphertext, offset, length) : -1;
        if (decrypted < 0) {
            throw BAD_RECORD_MAC;
        }
        byte[] opened = buffers.opened(decrypted).array();
        if (type == ContentType.handshake && !isSmallMessage(opened, decrypted)) {
            throw BAD_RECORD_MAC;
        }
        return new TlsDecodeResult(opened, 0, decrypted, type);
    }

    /** Whether a handshake message declares a harmless length: what it declares is allocated (CVE-2026-59646). */
    private static boolean isSmallMessage(byte[] message, int length) {
        return length >= Records.HANDSHAKE_HEADER_LENGTH
                && length <= Records.HANDSHAKE_HEADER_LENGTH + MAX_HANDSHAKE_LENGTH
                && message[1] == 0
                && message[2] == 0
                && (message[3] & 0xFF) <= MAX_HANDSHAKE_LENGTH;
    }

    @Override
    public TlsEncodeResult encodePlaintext(
            long number,
            short type,
            ProtocolVersion version,
            int headerAllocation,
            byte[] plaintext,
            int offset,
            int length)
            throws IOException {
        try {
            if (type == ContentType.handshake) {
                latestHandshake = Arrays.copyOfRange(plaintext, offset, offset + length);
            }
            RecordBuffers buffers = RecordBuffers.ofThisThread();
            int recordLength = seal(buffers, type, plaintext, offset, length);
            return new TlsEncodeResult(buffers.sealed(recordLength), 0, recordLength, type);
        } catch (GeneralSecurityException e) {
            throw new TlsFatalAlert(AlertDescription.internal_error, e);
        }
    }

    @Override
    public int getCiphertextDecodeLimit(int plaintextLimit) {
        return plaintextLimit + overhead;
    }

    @Override
    public int getCiphertextEncodeLimit(int plaintextLimit) {
        return plaintextLimit + overhead;
    }

    @Override
    public int getPlaintextDecodeLimit(int ciphertextLimit) {
        return ciphertextLimit - overhead;
    }

    @Override
    public int getPlaintextEncodeLimit(int ciphertextLimit) {
        return ciphertextLimit - overhead;
    }

    @Override
    public void rekeyDecoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public void rekeyEncoder() throws IOException {
        throw new TlsFatalAlert(AlertDescription.internal_error);
    }

    @Override
    public boolean usesOpaqueRecordTypeDecode() {
        return false;
    }

    @Override
    public boolean usesOpaqueRecordTypeEncode() {
        return false;
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
