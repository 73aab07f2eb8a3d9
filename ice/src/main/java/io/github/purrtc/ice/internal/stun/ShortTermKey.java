package io.github.purrtc.ice.internal.stun;

import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;

/** A password of STUN's credential mechanisms (RFC 8489 §9.1), ready to make and check MESSAGE-INTEGRITY. */
public final class ShortTermKey {

    static final int HMAC_LENGTH = 20;
    private static final int ATTRIBUTE_HEADER_LENGTH = 4;

    private final Mac mac;
    private final byte[] header = new byte[4];
    private final byte[] computed = new byte[HMAC_LENGTH];

    public ShortTermKey(String password) {
        this(password.getBytes(StandardCharsets.UTF_8));
    }

    private ShortTermKey(byte[] key) {
        try {
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(key, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HmacSHA1, which each Java platform must have, is missing", e);
        }
    }

    /**
     * The key of the long-term mechanism (RFC 8489 §9.2.2), which for each realm of a server takes the place of a password.
     */
    public static ShortTermKey longTerm(String username, String realm, String password) {
        try {
            String text = username + ":" + opaque(realm) + ":" + opaque(password);
            return new ShortTermKey(MessageDigest.getInstance("MD5").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("MD5, which each Java platform must have, is missing", e);
        }
    }

    /** What the OpaqueString profile makes of a text (RFC 8265 §4.2.2). */
    private static String opaque(String text) {
        return Normalizer.normalize(text.replaceAll("\\p{Zs}", " "), Normalizer.Form.NFC);
    }

    /** Whether the attribute at this offset, checked by the decoder to be whole, holds the right value. */
    boolean verify(byte[] message, int attributeOffset) {
        compute(message, attributeOffset);
        int from = attributeOffset + ATTRIBUTE_HEADER_LENGTH;
        return MessageDigest.isEqual(computed, Arrays.copyOfRange(message, from, from + HMAC_LENGTH));
    }

    /** Writes the value for an attribute that begins at this offset. */
    void sign(byte[] message, int attributeOffset) {
        compute(message, attributeOffset);
        System.arraycopy(computed, 0, message, attributeOffset + ATTRIBUTE_HEADER_LENGTH, HMAC_LENGTH);
    }

    /** RFC 8489 §14.5: the header's length is taken to end with MESSAGE-INTEGRITY, whatever follows. */
    private void compute(byte[] message, int attributeOffset) {
        int length = attributeOffset + ATTRIBUTE_HEADER_LENGTH + HMAC_LENGTH - Stun.HEADER_LENGTH;
        header[0] = message[0];
        header[1] = message[1];
        header[2] = (byte) (length >> 8);
        header[3] = (byte) length;
        mac.update(header);
        mac.update(message, header.length, attributeOffset - header.length);
        try {
            mac.doFinal(computed, 0);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);
        }
    }
}
