package io.github.purrtc.dtls;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** What a network does to datagrams: each one becomes none, one or more. */
@FunctionalInterface
interface Impairment {
    List<byte[]> pass(byte[] datagram);

    Impairment NONE = List::of;

    /** Loses, repeats and swaps, by a seed. */
    static Impairment random(long seed, int lossPercent, int repeatPercent, int swapPercent) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] @Nullable [] late = {null};
        return datagram -> {
            List<byte[]> passed = new ArrayList<>();
            if (random.nextInt(100) >= lossPercent) {
                passed.add(datagram);
            }
            if (random.nextInt(100) < repeatPercent) {
                passed.add(datagram);
            }
            byte[] before = late[0];
            late[0] = null;
            if (before == null && random.nextInt(100) < swapPercent && !passed.isEmpty()) {
                late[0] = passed.remove(0);
            } else if (before != null) {
                passed.add(before);
            }
            return passed;
        };
    }
}
