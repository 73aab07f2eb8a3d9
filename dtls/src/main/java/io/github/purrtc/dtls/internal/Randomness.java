package io.github.purrtc.dtls.internal;

import java.security.SecureRandom;

/** The one source of random numbers, thread-safe. */
final class Randomness {
    static final SecureRandom SECURE = new SecureRandom();

    private Randomness() {}
}
