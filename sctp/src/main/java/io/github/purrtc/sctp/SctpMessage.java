package io.github.purrtc.sctp;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * A message from the peer, or a part of one.
 *
 * @param payload a heap buffer that belongs to the receiver; position to limit is the whole message, or the part
 * @param part which part of a message it is; null: it is whole
 */
public record SctpMessage(
        int streamId,
        int payloadProtocolId,
        boolean unordered,
        ByteBuffer payload,
        @Nullable Part part) {
    /** A whole message. */
    public SctpMessage(int streamId, int payloadProtocolId, boolean unordered, ByteBuffer payload) {
        this(streamId, payloadProtocolId, unordered, payload, null);
    }

    /** Takes messages that are handed out without an object for each; the parameters are those of {@link SctpMessage}. */
    @FunctionalInterface
    public interface Receiver {
        /**
         * Takes the next message, or a part of one.
         *
         * @param payload belongs to the receiver
         */
        void receive(int streamId, int payloadProtocolId, boolean unordered, ByteBuffer payload, @Nullable Part part);
    }

    /**
     * Where in its message a part belongs: parts of a message come in their order.
     *
     * @param messageNumber the same in all parts of a message, and in no other: parts of unordered messages may come between
     */
    public record Part(long messageNumber, Mark mark) {}

    /** Which part of its message a part is. */
    public enum Mark {
        /** The first of several parts. */
        FIRST,
        /** Neither the first nor the last. */
        MIDDLE,
        /** The last of several parts. */
        LAST,
        /** There are no bytes: the sender gave the message up, or began anew, and no more of it comes. */
        ABANDONED
    }
}
