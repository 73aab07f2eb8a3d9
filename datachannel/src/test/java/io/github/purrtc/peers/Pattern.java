package io.github.purrtc.peers;

/** Bytes that tell their position, so that none can be lost, doubled or in another's place; the same in {@code peer.js}. */
final class Pattern {
    private Pattern() {}

    static byte at(long position) {
        return (byte) (position ^ (position >>> 8) ^ (position >>> 16));
    }

    static byte[] stretch(long position, int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = at(position + i);
        }
        return bytes;
    }
}
