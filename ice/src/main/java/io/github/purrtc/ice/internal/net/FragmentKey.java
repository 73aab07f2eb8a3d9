package io.github.purrtc.ice.internal.net;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a username fragment as the key of a table: looked up without an allocation. */
final class FragmentKey {
    /** RFC 8839 §5.4. */
    static final int MOST_BYTES = 256;

    private final byte[] bytes;
    private int length;
    private int hash;

    private FragmentKey(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
        this.hash = hash(bytes, length);
    }

    static FragmentKey of(String fragment) {
        byte[] bytes = fragment.getBytes(StandardCharsets.ISO_8859_1);
        return new FragmentKey(bytes, bytes.length);
    }

    /** For look-ups by one thread, with {@link #set} before each. */
    static FragmentKey probe() {
        return new FragmentKey(new byte[MOST_BYTES], 0);
    }

    /** @param count at most {@link #MOST_BYTES} */
    FragmentKey set(ByteBuffer from, int index, int count) {
        from.get(index, bytes, 0, count);
        length = count;
        hash = hash(bytes, count);
        return this;
    }

    private static int hash(byte[] bytes, int length) {
        int hash = 1;
        for (int i = 0; i < length; i++) {
            hash = 31 * hash + bytes[i];
        }
        return hash;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof FragmentKey key && Arrays.equals(bytes, 0, length, key.bytes, 0, key.length);
    }

    @Override
    public int hashCode() {
        return hash;
    }

    @Override
    public String toString() {
        return new String(bytes, 0, length, StandardCharsets.ISO_8859_1);
    }
}
