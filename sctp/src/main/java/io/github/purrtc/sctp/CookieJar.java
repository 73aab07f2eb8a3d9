package io.github.purrtc.sctp;

import io.github.purrtc.sctp.packet.Bytes;
import org.jspecify.annotations.Nullable;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.random.RandomGenerator;

/** Seals and opens state cookies with a MAC under a key that nobody else has: RFC 9260 §5.1.3, §5.1.5. */
final class CookieJar {
    private static final String ALGORITHM = "HmacSHA256";
    private static final int MAC_LENGTH = 32;

    /** The MAC itself is made when it is needed, at the beginning: it holds much more than its key. */
    private final SecretKeySpec key;

    CookieJar(RandomGenerator random) {
        byte[] secret = new byte[MAC_LENGTH];
        random.nextBytes(secret);
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    Bytes seal(StateCookie cookie) {
        ByteBuffer out = ByteBuffer.allocate(StateCookie.LENGTH + MAC_LENGTH);
        cookie.write(out);
        out.put(macOf(out.array()));
        return Bytes.copyOf(out.array());
    }

    /** The cookie, or null if it was not sealed here. */
    @Nullable
    StateCookie open(Bytes sealed) {
        if (sealed.length() != StateCookie.LENGTH + MAC_LENGTH) {
            return null;
        }
        ByteBuffer in = ByteBuffer.wrap(sealed.toArray());
        byte[] expected = macOf(in.array());
        byte[] actual = new byte[MAC_LENGTH];
        in.get(StateCookie.LENGTH, actual);
        return MessageDigest.isEqual(expected, actual) ? StateCookie.read(in) : null;
    }

    private byte[] macOf(byte[] cookie) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            mac.update(cookie, 0, StateCookie.LENGTH);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
