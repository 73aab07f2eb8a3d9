package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

/** An immutable, opaque field of a chunk, parameter or cause, equal by content. */
public final class Bytes {
    public static final Bytes EMPTY = new Bytes(new byte[0]);

    private final byte[] content;

    private Bytes(byte[] content) {
        this.content = content;
    }

    public static Bytes copyOf(byte[] bytes) {
        return bytes.length == 0 ? EMPTY : new Bytes(bytes.clone());
    }

    public static Bytes copyOf(ByteBuffer buffer, int offset, int length) {
        if (length == 0) {
            return EMPTY;
        }
        byte[] content = new byte[length];
        buffer.get(offset, content);
        return new Bytes(content);
    }

    public static Bytes utf8(String text) {
        return text.isEmpty() ? EMPTY : new Bytes(text.getBytes(StandardCharsets.UTF_8));
    }

    public int length() {
        return content.length;
    }

    public int unsignedByteAt(int index) {
        return content[index] & 0xFF;
    }

    public byte[] toArray() {
        return content.clone();
    }

    /** A read-only view of the content. */
    public ByteBuffer asBuffer() {
        return ByteBuffer.wrap(content).asReadOnlyBuffer();
    }

    public void writeTo(ByteBuffer out) {
        out.put(content);
    }

    /** The content as UTF-8 text, what is malformed replaced by U+FFFD. */
    public String utf8() {
        return new String(content, StandardCharsets.UTF_8);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(content);
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(content);
    }
}
