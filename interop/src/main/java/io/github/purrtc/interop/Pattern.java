package io.github.purrtc.interop;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/** Bytes that both ends know: those of xorshift32 from a seed, words in little-endian order. {@code pattern.js} makes the same ones. */
final class Pattern {
    private static final int SPREAD = 0x9e3779b1;
    private static final int LETTERS = 15;

    private Pattern() {}

    static byte[] fill(int seed, int size) {
        ByteBuffer bytes = ByteBuffer.allocate((size + 3) / 4 * 4).order(ByteOrder.LITTLE_ENDIAN);
        int word = first(seed);
        while (bytes.hasRemaining()) {
            word = next(word);
            bytes.putInt(word);
        }
        return bytes.array().length == size ? bytes.array() : java.util.Arrays.copyOf(bytes.array(), size);
    }

    /** Letters in the place of bytes. */
    static String fillText(int seed, int size) {
        byte[] bytes = fill(seed, size);
        StringBuilder text = new StringBuilder(size);
        for (byte value : bytes) {
            text.append((char) ('a' + (value & LETTERS)));
        }
        return text.toString();
    }

    static boolean isFill(int seed, ByteBuffer bytes) {
        return bytes.equals(ByteBuffer.wrap(fill(seed, bytes.remaining())));
    }

    private static int first(int seed) {
        int word = (seed + 1) * SPREAD;
        return word == 0 ? 1 : word;
    }

    private static int next(int word) {
        int mixed = word ^ word << 13;
        mixed ^= mixed >>> 17;
        return mixed ^ mixed << 5;
    }
}
