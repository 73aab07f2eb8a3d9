package io.github.purrtc.ice.internal.stun;

import java.util.random.RandomGenerator;

/** The 96 bits that tie a response to its request (RFC 8489 §5). */
public record TransactionId(int high, long low) {

    public static TransactionId random(RandomGenerator random) {
        return new TransactionId(random.nextInt(), random.nextLong());
    }
}
