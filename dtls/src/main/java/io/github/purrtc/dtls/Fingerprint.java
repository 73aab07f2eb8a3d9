package io.github.purrtc.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Map;

/**
 * The hash of a certificate's DER, as in {@code a=fingerprint} (RFC 8122 §5).
 *
 * @param algorithm the hash's name, lower case, such as {@code sha-256}
 * @param value bytes in upper-case hexadecimal, parted by colons
 */
public record Fingerprint(String algorithm, String value) {
    private static final HexFormat HEX = HexFormat.ofDelimiter(":").withUpperCase();

    /** RFC 8122 §5 names these; one that is not here is kept, and never matches. */
    private static final Map<String, Integer> HASH_LENGTHS =
            Map.of("md2", 16, "md5", 16, "sha-1", 20, "sha-224", 28, "sha-256", 32, "sha-384", 48, "sha-512", 64);

    /** What is strong enough to be believed, and its name in the JCA. */
    private static final Map<String, String> STRONG =
            Map.of("sha-256", "SHA-256", "sha-384", "SHA-384", "sha-512", "SHA-512");

    /**
     * Takes either case of letters and keeps the usual one.
     *
     * @throws IllegalArgumentException when the value is no list of bytes or not as long as the hash
     */
    public Fingerprint {
        algorithm = algorithm.toLowerCase(Locale.ROOT);
        value = value.toUpperCase(Locale.ROOT);
        int length = parse(value).length;
        if (algorithm.isBlank() || length == 0) {
            throw new IllegalArgumentException("an empty fingerprint");
        }
        if (HASH_LENGTHS.getOrDefault(algorithm, length) != length) {
            throw new IllegalArgumentException("a fingerprint of " + length + " bytes is not " + algorithm);
        }
    }

    /** Reads the attribute's value: {@code sha-256 AB:CD:…}. */
    public static Fingerprint parseAttribute(String attribute) {
        String[] parts = attribute.strip().split(" +", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("a fingerprint is an algorithm and a value: " + attribute);
        }
        return new Fingerprint(parts[0], parts[1]);
    }

    /**
     * Hashes a certificate.
     *
     * @param algorithm {@code sha-256}, {@code sha-384} or {@code sha-512}
     * @param certificate DER
     */
    public static Fingerprint of(String algorithm, byte[] certificate) {
        return new Fingerprint(algorithm, HEX.formatHex(hash(algorithm, certificate)));
    }

    /** Whether the hash is one that is believed: SHA-2 of at least 256 bits. */
    public boolean isStrong() {
        return STRONG.containsKey(algorithm);
    }

    /** Whether this is the (strong) hash of a certificate's DER; compares in constant time. */
    public boolean matches(byte[] certificate) {
        return isStrong() && MessageDigest.isEqual(parse(value), hash(algorithm, certificate));
    }

    private static byte[] parse(String value) {
        try {
            return HEX.parseHex(value);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("not a fingerprint's value: " + value, e);
        }
    }

    private static byte[] hash(String algorithm, byte[] certificate) {
        String name = STRONG.get(algorithm);
        if (name == null) {
            throw new IllegalArgumentException("not a hash for fingerprints: " + algorithm);
        }
        try {
            return MessageDigest.getInstance(name).digest(certificate);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the JDK has no " + name, e);
        }
    }

    @Override
    public String toString() {
        return algorithm + " " + value;
    }
}
