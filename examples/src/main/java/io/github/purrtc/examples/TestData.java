package io.github.purrtc.examples;

import io.github.purrtc.DataChannelMessage;

import java.nio.ByteBuffer;

/** What the tools send each other: bytes that tell their place, so that each one can be checked. */
final class TestData {
    private TestData() {}

    static DataChannelMessage message(int size) {
        return DataChannelMessage.binary(bytes(0, size));
    }

    /** The bytes of a long message from {@code offset} on. */
    static ByteBuffer bytes(long offset, int size) {
        byte[] bytes = new byte[size];
        for (int i = 0; i < size; i++) {
            bytes[i] = at(offset + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    /** Whether these are the bytes from {@code offset} on. */
    static boolean matches(long offset, ByteBuffer bytes) {
        for (int i = 0; i < bytes.remaining(); i++) {
            if (bytes.get(bytes.position() + i) != at(offset + i)) {
                return false;
            }
        }
        return true;
    }

    /** How the console says it. */
    static String verdict(boolean matches) {
        return matches ? "all bytes right" : "not the tools' test data";
    }

    private static byte at(long index) {
        return (byte) (index * 31 + (index >> 8) * 17 + (index >> 16) * 7);
    }
}
