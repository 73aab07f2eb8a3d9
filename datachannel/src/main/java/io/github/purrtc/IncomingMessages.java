package io.github.purrtc;

import io.github.purrtc.sctp.SctpMessage;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Hands the peer's messages, and parts of messages, to their channels, in order; those of channels that take none wait. Confined to the loop. */
final class IncomingMessages {
    private static final Logger LOGGER = LoggerFactory.getLogger(IncomingMessages.class);

    private final ChannelTable table;
    private final EarlyMessages early = new EarlyMessages();
    /** Messages of channels that take none for the moment; those after them wait in the association. */
    private final ArrayDeque<SctpMessage> held = new ArrayDeque<>();

    IncomingMessages(ChannelTable table) {
        this.table = table;
    }

    /** Delivers what was held back, if its channels take it now; whether more may be taken from the association. */
    boolean acceptsMore() {
        SctpMessage message;
        while ((message = held.peek()) != null) {
            DataChannel channel = table.get(message.streamId());
            if (channel != null && channel.holdsMessages()) {
                return false;
            }
            held.remove();
            if (channel != null) {
                deliver(channel, message);
            }
        }
        return true;
    }

    void receive(SctpMessage message) {
        DataChannel channel = table.get(message.streamId());
        if (channel == null) {
            if (message.part() == null) {
                early.keep(message);
            }
        } else if (held.isEmpty() && !channel.holdsMessages()) {
            deliver(channel, message);
        } else {
            held.add(message);
        }
    }

    /** The stream has its channel now. */
    void deliverEarly(int streamId) {
        early.take(streamId, this::receive);
    }

    void clear() {
        held.clear();
        early.clear();
    }

    private static void deliver(DataChannel channel, SctpMessage message) {
        // RFC 8832 §6: any message of the peer shows that it got DATA_CHANNEL_OPEN.
        channel.setEstablishment(DataChannel.Establishment.CONFIRMED);
        switch (message.payloadProtocolId()) {
            case DataChannel.PPID_STRING -> deliver(channel, message, true);
            case DataChannel.PPID_BINARY -> deliver(channel, message, false);
            case DataChannel.PPID_STRING_EMPTY -> channel.deliver(new DataChannelMessage(true, ByteBuffer.allocate(0)));
            case DataChannel.PPID_BINARY_EMPTY ->
                channel.deliver(new DataChannelMessage(false, ByteBuffer.allocate(0)));
            default ->
                LOGGER.debug(
                        "A message with the unknown payload protocol identifier {} was dropped",
                        message.payloadProtocolId());
        }
    }

    private static void deliver(DataChannel channel, SctpMessage message, boolean isText) {
        SctpMessage.Part part = message.part();
        if (part == null) {
            channel.deliver(new DataChannelMessage(isText, message.payload()));
        } else {
            channel.deliver(
                    new DataChannelMessagePart(isText, message.payload(), part.messageNumber(), position(part.mark())));
        }
    }

    private static DataChannelMessagePart.Position position(SctpMessage.Mark mark) {
        return switch (mark) {
            case FIRST -> DataChannelMessagePart.Position.FIRST;
            case MIDDLE -> DataChannelMessagePart.Position.MIDDLE;
            case LAST -> DataChannelMessagePart.Position.LAST;
            case ABANDONED -> DataChannelMessagePart.Position.ABANDONED;
        };
    }
}
