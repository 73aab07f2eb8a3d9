package io.github.purrtc.sctp.fuzz;

import java.util.random.RandomGenerator;

/** Bytes that decide what randomness would decide, as few for each decision as it needs: so a fuzzer can learn what they do. */
final class Script implements RandomGenerator {
    private final byte[] bytes;
    private int at;

    Script(byte[] bytes) {
        this.bytes = bytes;
    }

    boolean isAtEnd() {
        return at >= bytes.length;
    }

    @Override
    public long nextLong() {
        return take(8);
    }

    @Override
    public int nextInt() {
        return (int) take(4);
    }

    @Override
    public int nextInt(int bound) {
        return (int) Long.remainderUnsigned(take(bound <= 256 ? 1 : bound <= 65_536 ? 2 : 4), bound);
    }

    @Override
    public long nextLong(long bound) {
        return Long.remainderUnsigned(take(bound <= 1L << 32 ? 4 : 8), bound);
    }

    @Override
    public boolean nextBoolean() {
        return (take(1) & 1) != 0;
    }

    @Override
    public void nextBytes(byte[] out) {
        for (int i = 0; i < out.length; i++) {
            out[i] = (byte) take(1);
        }
    }

    /** The next bytes, big-endian; zeros behind the end. */
    private long take(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 8 | (at < bytes.length ? bytes[at++] & 0xFF : 0);
        }
        return value;
    }
}
