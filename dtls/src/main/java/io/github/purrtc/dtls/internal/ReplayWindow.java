package io.github.purrtc.dtls.internal;

import java.util.Arrays;

/** Which numbers came already, of the latest ones (RFC 6347 §4.1.2.6); a ring of words, after RFC 6479. */
final class ReplayWindow {
    private final long[] words;
    private long latest = -1;

    /** @param minSize a power of two, 64 at least: how far behind the latest number one is still known */
    ReplayWindow(int minSize) {
        // One word more, which is being emptied; and a power of two.
        words = new long[Integer.highestOneBit(minSize / Long.SIZE) * 2];
    }

    long latest() {
        return latest;
    }

    /** Whether the number has not come, as far as is known. */
    boolean isNew(long number) {
        if (number > latest) {
            return true;
        }
        boolean known = (number >>> 6) + words.length > latest >>> 6;
        return known && (words[index(number)] >>> number & 1) == 0;
    }

    void add(long number) {
        if (number > latest) {
            long first = (latest >> 6) + 1;
            long last = number >>> 6;
            if (last - first >= words.length) {
                Arrays.fill(words, 0);
            } else {
                for (long word = first; word <= last; word++) {
                    words[(int) word & words.length - 1] = 0;
                }
            }
            latest = number;
        }
        words[index(number)] |= 1L << number;
    }

    private int index(long number) {
        return (int) (number >>> 6) & words.length - 1;
    }
}
