package io.github.purrtc.dtls.internal;

/**
 * Which numbers came already, of the latest ones (RFC 6347 §4.1.2.6); a ring of words, after RFC 6479. Of numbers that all came nothing need be
 * kept: the ring is as long as the oldest that is missing asks for, within the window.
 */
final class ReplayWindow {
    private static final long COMPLETE = -1;

    private final int mostWords;
    private long[] words = new long[1];
    private long latest = -1;

    /** @param minSize a power of two, 64 at least: how far behind the latest number one is still known */
    ReplayWindow(int minSize) {
        // One word more, which is being emptied; and a power of two.
        mostWords = Integer.highestOneBit(minSize / Long.SIZE) * 2;
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
        return known && (words[index(number >>> 6)] >>> number & 1) == 0;
    }

    void add(long number) {
        if (number > latest) {
            advance(latest >> 6, number >>> 6);
            latest = number;
        }
        words[index(number >>> 6)] |= 1L << number;
    }

    /** The latest word is another. */
    private void advance(long from, long to) {
        if (from == to) {
            return;
        }
        long oldest = Math.max(Math.max(0, from - words.length + 1), to - mostWords + 1);
        while (oldest <= from && words[index(oldest)] == COMPLETE) {
            oldest++;
        }
        reserve(oldest, from, to - oldest + 1);
        for (long word = Math.max(from, to - words.length) + 1; word <= to; word++) {
            words[index(word)] = 0;
        }
    }

    private void reserve(long oldest, long from, long count) {
        int capacity = words.length;
        while (capacity < count) {
            capacity *= 2;
        }
        if (capacity == words.length) {
            return;
        }
        long[] grown = new long[capacity];
        for (long word = oldest; word <= from; word++) {
            grown[(int) word & capacity - 1] = words[index(word)];
        }
        words = grown;
    }

    private int index(long word) {
        return (int) word & words.length - 1;
    }
}
