package io.github.purrtc;

import io.github.purrtc.sctp.SctpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.ArrayDeque;
import java.util.Queue;

/** Messages on streams without a channel: unordered ones may overtake their DATA_CHANNEL_OPEN. Bounded. */
final class EarlyMessages {
    private static final Logger LOGGER = LoggerFactory.getLogger(EarlyMessages.class);
    private static final int MAX_BYTES = 256 * 1024;

    /** What a message costs besides its bytes. */
    private static final int OVERHEAD = 128;

    private final Queue<SctpMessage> messages = new ArrayDeque<>();
    private int bytes;

    void keep(SctpMessage message) {
        int charge = charge(message);
        if (bytes + charge > MAX_BYTES) {
            LOGGER.debug("A message for the unknown stream {} was dropped", message.streamId());
            return;
        }
        bytes += charge;
        messages.add(message);
    }

    /** Hands on those of the stream, in the order in which they came. */
    void take(int streamId, SctpMessage.Receiver receiver) {
        for (int i = messages.size(); i > 0; i--) {
            SctpMessage message = messages.remove();
            if (message.streamId() == streamId) {
                bytes -= charge(message);
                receiver.receive(
                        streamId, message.payloadProtocolId(), message.unordered(), message.payload(), message.part());
            } else {
                messages.add(message);
            }
        }
    }

    void clear() {
        messages.clear();
        bytes = 0;
    }

    private static int charge(SctpMessage message) {
        return message.payload().remaining() + OVERHEAD;
    }
}
