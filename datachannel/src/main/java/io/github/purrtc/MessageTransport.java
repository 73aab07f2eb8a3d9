package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;

/**
 * What data channels need of SCTP: messages out, streams reset. All on the loop but {@link #send}, {@link #submit}, {@link #hasRoom} and
 * {@link #maxMessageSize}.
 */
interface MessageTransport {
    /**
     * Takes a message from any thread; the bytes are the transport's from now on, the buffer around them is not.
     *
     * @param accounted the bytes that count as buffered
     * @param outcome ends when the message is acknowledged or will not be; null: nobody wants to know
     * @throws RtcException OperationError, if the send buffer is full
     */
    void send(
            DataChannel channel,
            int payloadProtocolId,
            ByteBuffer payload,
            int accounted,
            @Nullable CompletableFuture<Void> outcome);

    /** Takes a message that comes in parts, one of its parts, or its failure, from any thread and whether there is room or not. */
    void submit(Outgoing outgoing);

    /** Whether the send buffer has room: what is submitted beyond that is kept all the same. */
    boolean hasRoom();

    /** RFC 8832 §6: DCEP messages are reliable and ordered whatever the channel is, and not accounted to the user. */
    void sendDcep(int streamId, ByteBuffer message);

    /** The largest message that the peer takes, in bytes. */
    long maxMessageSize();

    /** The bytes of the stream's accounted messages that are neither acknowledged nor abandoned. */
    long bufferedAmount(int streamId);

    /** Gives the stream its share against others: RFC 8831 §6.4. */
    void setPriority(int streamId, int priority);

    /** Whether messages on the stream are handed up in parts. */
    void setReceiveInParts(int streamId, boolean inParts);

    /** Resets the stream when all that was sent on it is delivered, messages from sources included. */
    void resetStream(int streamId);

    /** Gives up what sources still have to send on the stream. */
    void endSources(int streamId, RtcException cause);

    /** Lets messages be delivered and sent soon. */
    void schedulePump();
}
