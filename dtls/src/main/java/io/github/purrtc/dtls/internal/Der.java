package io.github.purrtc.dtls.internal;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * As much of ITU-T X.690's DER as a certificate of ours needs to be written, and another's to be found the public key in.
 * What is read is walked over, not built into objects, however deep it is nested.
 */
final class Der {
    static final int INTEGER = 0x02;
    static final int BIT_STRING = 0x03;
    static final int OCTET_STRING = 0x04;
    static final int UTF8_STRING = 0x0C;
    static final int UTC_TIME = 0x17;
    static final int GENERALIZED_TIME = 0x18;
    static final int SEQUENCE = 0x30;
    static final int SET = 0x31;

    private static final DateTimeFormatter UTC_FORMAT =
            DateTimeFormatter.ofPattern("yyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);
    private static final DateTimeFormatter GENERALIZED_FORMAT =
            DateTimeFormatter.ofPattern("yyyyMMddHHmmss'Z'").withZone(ZoneOffset.UTC);

    /** RFC 5280 §4.1.2.5: UTCTime until 2049. */
    private static final Instant GENERALIZED_FROM = Instant.parse("2050-01-01T00:00:00Z");

    private final byte[] bytes;
    private final int end;
    private int position;

    /** Reads what lies between two indexes. */
    private Der(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.position = start;
        this.end = end;
    }

    static byte[] value(int tag, byte[]... contents) {
        int length = 0;
        for (byte[] content : contents) {
            length += content.length;
        }
        byte[] header = header(tag, length);
        byte[] value = Arrays.copyOf(header, header.length + length);
        int at = header.length;
        for (byte[] content : contents) {
            System.arraycopy(content, 0, value, at, content.length);
            at += content.length;
        }
        return value;
    }

    private static byte[] header(int tag, int length) {
        if (length < 0x80) {
            return new byte[] {(byte) tag, (byte) length};
        }
        if (length < 0x100) {
            return new byte[] {(byte) tag, (byte) 0x81, (byte) length};
        }
        return new byte[] {(byte) tag, (byte) 0x82, (byte) (length >>> 8), (byte) length};
    }

    static byte[] sequence(byte[]... contents) {
        return value(SEQUENCE, contents);
    }

    static byte[] integer(BigInteger number) {
        return value(INTEGER, number.toByteArray());
    }

    /** Whole bytes. */
    static byte[] bitString(byte[] content) {
        return value(BIT_STRING, new byte[1], content);
    }

    static byte[] utf8String(String text) {
        return value(UTF8_STRING, text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] time(Instant time) {
        boolean late = !time.isBefore(GENERALIZED_FROM);
        String text = (late ? GENERALIZED_FORMAT : UTC_FORMAT).format(time);
        return value(late ? GENERALIZED_TIME : UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex);
    }

    /**
     * The SubjectPublicKeyInfo of a certificate (RFC 5280 §4.1).
     *
     * @throws IllegalArgumentException when there is none where it should be
     */
    static byte[] subjectPublicKeyInfo(byte[] certificate) {
        Der tbsCertificate = new Der(certificate, 0, certificate.length).enter().enter();
        if (tbsCertificate.tag() == 0xA0) {
            tbsCertificate.skip();
        }
        // serialNumber, signature, issuer, validity, subject
        for (int field = 0; field < 5; field++) {
            tbsCertificate.skip();
        }
        int start = tbsCertificate.position;
        if (tbsCertificate.tag() != SEQUENCE) {
            throw malformed();
        }
        return Arrays.copyOfRange(certificate, start, tbsCertificate.skip());
    }

    /** The AlgorithmIdentifier of a SubjectPublicKeyInfo. */
    static byte[] algorithmIdentifier(byte[] subjectPublicKeyInfo) {
        Der fields = new Der(subjectPublicKeyInfo, 0, subjectPublicKeyInfo.length).enter();
        int start = fields.position;
        return Arrays.copyOfRange(subjectPublicKeyInfo, start, fields.skip());
    }

    /** The key of a SubjectPublicKeyInfo: what its bit string holds. */
    static byte[] publicKey(byte[] subjectPublicKeyInfo) {
        Der fields = new Der(subjectPublicKeyInfo, 0, subjectPublicKeyInfo.length).enter();
        fields.skip();
        byte[] bits = fields.content(BIT_STRING);
        if (bits.length == 0 || bits[0] != 0) {
            throw malformed();
        }
        return Arrays.copyOfRange(bits, 1, bits.length);
    }

    /** A sequence of two numbers, such as an RSAPublicKey (RFC 8017 §A.1.1). */
    static BigInteger[] numbers(byte[] sequence) {
        Der fields = new Der(sequence, 0, sequence.length).enter();
        return new BigInteger[] {fields.number(), fields.number()};
    }

    private BigInteger number() {
        byte[] content = content(INTEGER);
        if (content.length == 0) {
            throw malformed();
        }
        return new BigInteger(content);
    }

    private byte[] content(int tag) {
        if (tag() != tag) {
            throw malformed();
        }
        int start = position + headerLength(position);
        return Arrays.copyOfRange(bytes, start, skip());
    }

    private int tag() {
        if (position >= end) {
            throw malformed();
        }
        return bytes[position] & 0xFF;
    }

    /** The content of the sequence at hand. */
    private Der enter() {
        if (tag() != SEQUENCE) {
            throw malformed();
        }
        int start = position;
        int after = skip();
        return new Der(bytes, start + headerLength(start), after);
    }

    /** Goes past the value at hand. @return where the next one begins */
    private int skip() {
        tag();
        int header = headerLength(position);
        int length = bytes[position + 1] & 0xFF;
        if (length >= 0x80) {
            length = 0;
            for (int i = position + 2; i < position + header; i++) {
                length = (length << 8) | (bytes[i] & 0xFF);
            }
        }
        if (length > end - position - header) {
            throw malformed();
        }
        position += header + length;
        return position;
    }

    /** Tag and length, of which no more than three bytes are of use in a handshake. */
    private int headerLength(int start) {
        if (start + 1 >= end || (bytes[start] & 0x1F) == 0x1F) {
            throw malformed();
        }
        int length = bytes[start + 1] & 0xFF;
        int header = length < 0x80 ? 2 : 2 + length - 0x80;
        if (length == 0x80 || header > 5 || start + header > end) {
            throw malformed();
        }
        return header;
    }

    private static IllegalArgumentException malformed() {
        return new IllegalArgumentException("not a certificate");
    }
}
