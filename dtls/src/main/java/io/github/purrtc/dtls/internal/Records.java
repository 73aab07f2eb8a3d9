package io.github.purrtc.dtls.internal;

import java.nio.ByteBuffer;

/** The layout of DTLS 1.2 records and handshake fragments (RFC 6347 §4.1, §4.2.2), read whatever the buffer's byte order. */
final class Records {
    static final int HEADER_LENGTH = 13;
    static final int HANDSHAKE_HEADER_LENGTH = 12;

    /** Where epoch and sequence number are. */
    static final int NUMBER_OFFSET = 3;

    static final int DTLS_1_2 = 0xFEFD;

    /** What AES-GCM adds: 8 bytes of explicit nonce, 16 of tag (RFC 5288 §3). */
    static final int GCM_EXPANSION = 24;

    /** RFC 6347 §4.1: at most 2^14 bytes of plaintext. */
    static final int MAX_PLAINTEXT = 1 << 14;

    static final int MAX_FRAGMENT = MAX_PLAINTEXT + GCM_EXPANSION;

    static final int CHANGE_CIPHER_SPEC = 20;
    static final int ALERT = 21;
    static final int HANDSHAKE = 22;
    static final int APPLICATION_DATA = 23;

    static final int SERVER_HELLO_DONE = 14;
    static final int CERTIFICATE_VERIFY = 15;

    private Records() {}

    static int type(ByteBuffer buffer, int record) {
        return uint8(buffer, record);
    }

    /** DTLS 1.0 (as in a first ClientHello) or 1.2. */
    static boolean isDtls(ByteBuffer buffer, int record) {
        int version = version(buffer, record);
        return version == 0xFEFF || version == DTLS_1_2;
    }

    static int epoch(ByteBuffer buffer, int record) {
        return uint16(buffer, record + 3);
    }

    static long sequenceNumber(ByteBuffer buffer, int record) {
        return (long) uint16(buffer, record + 5) << 32
                | (long) uint16(buffer, record + 7) << 16
                | uint16(buffer, record + 9);
    }

    /** Epoch and sequence number in one, as they are authenticated. */
    static long number(ByteBuffer buffer, int record) {
        return (long) epoch(buffer, record) << 48 | sequenceNumber(buffer, record);
    }

    static int version(ByteBuffer buffer, int record) {
        return uint16(buffer, record + 1);
    }

    static int fragmentLength(ByteBuffer buffer, int record) {
        return uint16(buffer, record + 11);
    }

    static int uint8(ByteBuffer buffer, int index) {
        return buffer.get(index) & 0xFF;
    }

    static int uint16(ByteBuffer buffer, int index) {
        return uint8(buffer, index) << 8 | uint8(buffer, index + 1);
    }

    static int uint24(ByteBuffer buffer, int index) {
        return uint8(buffer, index) << 16 | uint16(buffer, index + 1);
    }

    /** @param number epoch and sequence number */
    static void putHeader(byte[] record, int type, int version, long number, int fragmentLength) {
        record[0] = (byte) type;
        record[1] = (byte) (version >>> 8);
        record[2] = (byte) version;
        putNumber(record, 0, number);
        record[11] = (byte) (fragmentLength >>> 8);
        record[12] = (byte) fragmentLength;
    }

    static void putNumber(byte[] bytes, int record, long number) {
        for (int i = 0; i < Long.BYTES; i++) {
            bytes[record + NUMBER_OFFSET + i] = (byte) (number >>> (Long.SIZE - Byte.SIZE - i * Byte.SIZE));
        }
    }

    static void putUint24(byte[] bytes, int index, int value) {
        bytes[index] = (byte) (value >>> 16);
        bytes[index + 1] = (byte) (value >>> 8);
        bytes[index + 2] = (byte) value;
    }
}
