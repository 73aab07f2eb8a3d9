package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/** The objects of messages that are done with, to be those of others: messages may be so small that objects for them would be most of the work. */
final class MessagePool {
    private static final int INITIAL_CAPACITY = 8;

    private @Nullable OutgoingMessage[] spent = new @Nullable OutgoingMessage[0];
    private int count;

    OutgoingMessage message(
            OutboundStream stream, ByteBuffer payload, int payloadProtocolId, SctpSendOptions options, long number) {
        OutgoingMessage message = count == 0 ? null : spent[--count];
        if (message == null) {
            return new OutgoingMessage(stream, payload, payloadProtocolId, options, number);
        }
        message.begin(stream, payload, payloadProtocolId, options, number);
        return message;
    }

    /**
     * All of the message was sent and acknowledged for good. One that was given up may still be known where it was left out, and parts know each
     * other: their objects are not used again.
     */
    void onDelivered(OutgoingMessage message) {
        message.forgetPayload();
        if (message.parted == null) {
            message.expiry = null;
            if (count == spent.length) {
                spent = Arrays.copyOf(spent, Math.max(2 * count, INITIAL_CAPACITY));
            }
            spent[count++] = message;
        }
    }

    /** Lets go of them all. */
    void clear() {
        spent = new @Nullable OutgoingMessage[0];
        count = 0;
    }
}
