package io.github.purrtc.ice;

import java.util.random.RandomGenerator;

/** Makes user name fragments and passwords (RFC 8445 §5.3: at least 24 and 128 bits of randomness). */
final class RandomCredentials {
    private static final String ICE_CHARS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final int USERNAME_FRAGMENT_CHARS = 16;
    private static final int PASSWORD_CHARS = 32;

    private RandomCredentials() {}

    /**
     * Credentials that follow nominations by their number.
     *
     * @param prefix what the username fragment begins with
     * @param random unpredictable in production
     */
    static IceParameters next(String prefix, boolean lite, RandomGenerator random) {
        String fragment = prefix + chars(random, USERNAME_FRAGMENT_CHARS);
        return new IceParameters(fragment, chars(random, PASSWORD_CHARS), lite, true);
    }

    private static String chars(RandomGenerator random, int count) {
        StringBuilder chars = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            chars.append(ICE_CHARS.charAt(random.nextInt(ICE_CHARS.length())));
        }
        return chars.toString();
    }
}
