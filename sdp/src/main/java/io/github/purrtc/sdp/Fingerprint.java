package io.github.purrtc.sdp;

import java.util.HexFormat;
import java.util.List;
import java.util.Locale;

/**
 * The hash of a certificate: {@code a=fingerprint} (RFC 8122 §5).
 *
 * <p>Both parts are kept in one case, so that equal fingerprints are equal however they were written. The length of
 * the hash is not compared with the algorithm's: an unknown algorithm is legal, and a wrong hash fits no certificate.
 *
 * @param algorithm a token in lower case, {@code sha-256} say
 * @param value pairs of hexadecimal digits in upper case, joined by colons
 */
public record Fingerprint(String algorithm, String value) {
    private static final HexFormat PAIRS = HexFormat.ofDelimiter(":").withUpperCase();

    /** Requires a token and at least one pair of digits; brings both to one case. */
    public Fingerprint {
        algorithm = Text.requireToken("fingerprint algorithm", algorithm).toLowerCase(Locale.ROOT);
        requirePairs(value);
        value = value.toUpperCase(Locale.ROOT);
    }

    /** The fingerprint of this digest. */
    public static Fingerprint of(String algorithm, byte[] digest) {
        return new Fingerprint(algorithm, PAIRS.formatHex(digest));
    }

    /** The bytes that {@link #value} spells. */
    public byte[] digest() {
        return PAIRS.parseHex(value);
    }

    static Fingerprint parse(String attribute) {
        List<String> words = Text.words(attribute);
        if (words.size() != 2) {
            throw new IllegalArgumentException("a fingerprint has two words, not " + words.size());
        }
        return new Fingerprint(words.get(0), words.get(1));
    }

    private static void requirePairs(String value) {
        boolean pairs = value.length() % 3 == 2;
        for (int i = 0; pairs && i < value.length(); i++) {
            pairs = i % 3 == 2 ? value.charAt(i) == ':' : HexFormat.isHexDigit(value.charAt(i));
        }
        if (!pairs) {
            throw new IllegalArgumentException("fingerprint is not pairs of hexadecimal digits: " + Text.quote(value));
        }
    }

    /** The attribute's value. */
    @Override
    public String toString() {
        return algorithm + ' ' + value;
    }
}
