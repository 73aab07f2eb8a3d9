package io.github.purrtc;

import java.nio.ByteBuffer;

/** What data channels need of SCTP: messages out, streams reset. All but {@link #send} and {@link #maxMessageSize} on the loop. */
interface MessageTransport {
    /**
     * Takes a message from any thread; the buffer is the transport's from now on.
     *
     * @param accounted the bytes that count as buffered
     * @throws RtcException OperationError, if the send buffer is full
     */
    void send(DataChannel channel, int payloadProtocolId, ByteBuffer payload, int accounted);

    /** RFC 8832 §6: DCEP messages are reliable and ordered whatever the channel is, and not accounted to the user. */
    void sendDcep(int streamId, ByteBuffer message);

    /** The largest message that the peer takes, in bytes. */
    int maxMessageSize();

    /** The bytes of the stream's accounted messages that are neither acknowledged nor abandoned. */
    long bufferedAmount(int streamId);

    /** Gives the stream its share against others: RFC 8831 §6.4. */
    void setPriority(int streamId, int priority);

    /** Resets the stream when all that was sent on it is delivered. */
    void resetStream(int streamId);

    /** Lets messages be delivered and sent soon. */
    void schedulePump();
}
