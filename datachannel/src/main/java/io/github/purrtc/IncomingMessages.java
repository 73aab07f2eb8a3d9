package io.github.purrtc;

import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/** Hands the peer's messages, and parts of messages, to their channels, in order; those of channels that take none wait. Confined to the loop. */
final class IncomingMessages implements SctpMessage.Receiver {
    private static final Logger LOGGER = LoggerFactory.getLogger(IncomingMessages.class);

    private final ChannelTable table;
    private final EarlyMessages early = new EarlyMessages();
    /** Messages of channels that take none for the moment; those after them wait in the association. */
    private final ArrayDeque<SctpMessage> held = new ArrayDeque<>(0);

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
                deliver(channel, message.payloadProtocolId(), message.payload(), message.part());
            }
        }
        return true;
    }

    @Override
    public void receive(
            int streamId,
            int payloadProtocolId,
            boolean unordered,
            ByteBuffer payload,
            SctpMessage.@Nullable Part part) {
        DataChannel channel = table.get(streamId);
        if (channel == null) {
            if (part == null) {
                early.keep(new SctpMessage(streamId, payloadProtocolId, unordered, payload));
            }
        } else if (held.isEmpty() && !channel.holdsMessages()) {
            deliver(channel, payloadProtocolId, payload, part);
        } else {
            held.add(new SctpMessage(streamId, payloadProtocolId, unordered, payload, part));
        }
    }

    /** The stream has its channel now. */
    void deliverEarly(int streamId) {
        early.take(streamId, this);
    }

    void clear() {
        held.clear();
        early.clear();
    }

    private static void deliver(
            DataChannel channel, int payloadProtocolId, ByteBuffer payload, SctpMessage.@Nullable Part part) {
        // RFC 8832 §6: any message of the peer shows that it got DATA_CHANNEL_OPEN.
        channel.setEstablishment(DataChannel.Establishment.CONFIRMED);
        switch (payloadProtocolId) {
            case DataChannel.PPID_STRING -> deliver(channel, true, payload, part);
            case DataChannel.PPID_BINARY -> deliver(channel, false, payload, part);
            case DataChannel.PPID_STRING_EMPTY -> channel.deliver(new DataChannelMessage(true, ByteBuffer.allocate(0)));
            case DataChannel.PPID_BINARY_EMPTY ->
                channel.deliver(new DataChannelMessage(false, ByteBuffer.allocate(0)));
            default ->
                LOGGER.debug(
                        "A message with the unknown payload protocol identifier {} was dropped", payloadProtocolId);
        }
    }

    private static void deliver(
            DataChannel channel, boolean isText, ByteBuffer payload, SctpMessage.@Nullable Part part) {
        if (part == null) {
            channel.deliver(new DataChannelMessage(isText, payload));
        } else {
            channel.deliver(new DataChannelMessagePart(isText, payload, part.messageNumber(), position(part.mark())));
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
