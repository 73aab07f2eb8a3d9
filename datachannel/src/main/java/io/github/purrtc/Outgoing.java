package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/** What is on its way from a user's thread to the loop. */
sealed interface Outgoing {
    /**
     * A whole message.
     *
     * @param accounted the bytes that count as buffered
     * @param outcome ends when the message is acknowledged or will not be; null: nobody wants to know
     */
    record Message(
            DataChannel channel,
            int payloadProtocolId,
            ByteBuffer payload,
            int accounted,
            @Nullable CompletableFuture<Void> outcome)
            implements Outgoing {}

    /** A message whose bytes come from a source, when it is its turn. */
    record Begin(StreamedMessage message) implements Outgoing {}

    /** A part of the message whose turn it is. */
    record Part(StreamedMessage message, ByteBuffer payload, int accounted, boolean isLast) implements Outgoing {}

    /** No more parts of that message come. */
    record Failure(StreamedMessage message, RtcException cause) implements Outgoing {}
}
