package io.github.purrtc.ice.internal.stun;

import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.text.Normalizer;
import java.util.Arrays;

/** A password of STUN's credential mechanisms (RFC 8489 §9.1), ready to make and check MESSAGE-INTEGRITY. */
public final class ShortTermKey {

    static final int HMAC_LENGTH = 20;
    private static final String ALGORITHM = "HmacSHA1";
    private static final int ATTRIBUTE_HEADER_LENGTH = 4;
    /** Of the length in a message's header. */
    private static final int LENGTH_OFFSET = 2;

    /** A thread's, for all keys: it holds ten times as much as a key does. */
    private static final ThreadLocal<Mac> MAC = ThreadLocal.withInitial(ShortTermKey::newMac);

    private final SecretKeySpec key;

    public ShortTermKey(String password) {
        this(password.getBytes(StandardCharsets.UTF_8));
    }

    private ShortTermKey(byte[] key) {
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    private static Mac newMac() {
        try {
            return Mac.getInstance(ALGORITHM);
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
        byte[] computed = macOf(message, attributeOffset).doFinal();
        int from = attributeOffset + ATTRIBUTE_HEADER_LENGTH;
        return MessageDigest.isEqual(computed, Arrays.copyOfRange(message, from, from + HMAC_LENGTH));
    }

    /** Writes the value for an attribute that begins at this offset. */
    void sign(byte[] message, int attributeOffset) {
        try {
            macOf(message, attributeOffset).doFinal(message, attributeOffset + ATTRIBUTE_HEADER_LENGTH);
        } catch (ShortBufferException e) {
            throw new AssertionError(e);
        }
    }

    /** RFC 8489 §14.5: the header's length is taken to end with MESSAGE-INTEGRITY, whatever follows. */
    private Mac macOf(byte[] message, int attributeOffset) {
        int length = attributeOffset + ATTRIBUTE_HEADER_LENGTH + HMAC_LENGTH - Stun.HEADER_LENGTH;
        Mac mac = MAC.get();
        try {
            mac.init(key);
        } catch (InvalidKeyException e) {
            throw new AssertionError(e);
        }
        mac.update(message, 0, LENGTH_OFFSET);
        mac.update((byte) (length >> 8));
        mac.update((byte) length);
        mac.update(message, LENGTH_OFFSET + 2, attributeOffset - LENGTH_OFFSET - 2);
        return mac;
    }
}
