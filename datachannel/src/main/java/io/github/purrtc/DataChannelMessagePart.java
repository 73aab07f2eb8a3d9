package io.github.purrtc;

import java.nio.ByteBuffer;

/**
 * A part of a message of a data channel: see {@link DataChannel#onMessagePart}.
 *
 * @param isText whether the sender sent a string; its UTF-8 may be cut anywhere, also within a character
 * @param data the bytes from position to limit, which belong to the receiver
 * @param messageNumber the same in all parts of a message, and in no other message of the connection; 0 in a part that is the whole message
 * @param position where in its message the part is
 */
public record DataChannelMessagePart(boolean isText, ByteBuffer data, long messageNumber, Position position) {
    /** Where in its message a part is. */
    public enum Position {
        /** It is the whole message. */
        WHOLE,
        /** The first of several parts. */
        FIRST,
        /** Neither the first nor the last. */
        MIDDLE,
        /** The last of several parts. */
        LAST,
        /** There are no bytes: the sender gave the message up, and no more of it comes. */
        ABANDONED
    }

    /** Whether the message begins with it. */
    public boolean isFirst() {
        return position == Position.FIRST || position == Position.WHOLE;
    }

    /** Whether the message is complete with it. */
    public boolean isLast() {
        return position == Position.LAST || position == Position.WHOLE;
    }

    /** Whether the message was given up by its sender, and is never complete. */
    public boolean isAbandoned() {
        return position == Position.ABANDONED;
    }

    /** The size in bytes. */
    public int size() {
        return data.remaining();
    }
}
