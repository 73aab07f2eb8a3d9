package io.github.purrtc;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A message of a data channel.
 *
 * @param isText whether the sender sent a string
 * @param data the bytes from position to limit; of a text its UTF-8. A received message's buffer belongs to the receiver.
 */
public record DataChannelMessage(boolean isText, ByteBuffer data) {
    /** A text message. */
    public static DataChannelMessage text(String text) {
        return new DataChannelMessage(true, StandardCharsets.UTF_8.encode(text));
    }

    /** A binary message of the bytes from position to limit, which must not change any more. */
    public static DataChannelMessage binary(ByteBuffer data) {
        return new DataChannelMessage(false, data);
    }

    /** The size in bytes. */
    public int size() {
        return data.remaining();
    }

    /** The text; bytes that are not UTF-8 become U+FFFD. */
    public String text() {
        return StandardCharsets.UTF_8.decode(data.duplicate()).toString();
    }

    /** A copy of the bytes. */
    public byte[] bytes() {
        byte[] bytes = new byte[data.remaining()];
        data.get(data.position(), bytes);
        return bytes;
    }
}
