package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpMessage;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.OptionalInt;
import java.util.function.Consumer;

/** The channels that the peer announces, and its word that it knows of ours: RFC 8832. Confined to the loop. */
final class AnnouncedChannels {
    private static final Logger LOGGER = LoggerFactory.getLogger(AnnouncedChannels.class);

    /** The characters of labels and protocols that a peer may make us keep. */
    private static final int MAX_TEXT_LENGTH = 4 * 1024 * 1024;

    private final NetworkLoop loop;
    private final DataChannels channels;
    private final ChannelTable table;
    private final StreamIds ids;
    private final IncomingMessages incoming;
    private final Consumer<DataChannel> onDataChannel;
    private int textLength;

    AnnouncedChannels(
            NetworkLoop loop,
            DataChannels channels,
            ChannelTable table,
            StreamIds ids,
            IncomingMessages incoming,
            Consumer<DataChannel> onDataChannel) {
        this.loop = loop;
        this.channels = channels;
        this.table = table;
        this.ids = ids;
        this.incoming = incoming;
        this.onDataChannel = onDataChannel;
    }

    /** There is another peer. */
    void renew() {
        textLength = 0;
    }

    /** The channel is closed, whoever made it. */
    void forget(DataChannel channel) {
        if (!channel.negotiated() && channel.streamId() % 2 != channels.parity()) {
            textLength -= channel.label().length() + channel.protocol().length();
        }
    }

    /** @param message of DCEP's */
    void onMessage(SctpMessage message) {
        if (message.part() == null) {
            onDcep(message.streamId(), Dcep.decode(message.payload()));
        } else {
            // No message of DCEP's comes on an open channel that is longer than a byte.
            onDcep(message.streamId(), new Dcep.Malformed("a message in parts"));
        }
    }

    private void onDcep(int streamId, Dcep message) {
        DataChannel channel = table.get(streamId);
        if (message instanceof Dcep.Open open) {
            onOpen(streamId, channel, open);
        } else if (message instanceof Dcep.Ack) {
            if (channel != null && !channel.negotiated()) {
                channel.setEstablishment(DataChannel.Establishment.CONFIRMED);
            }
        } else if (message instanceof Dcep.Malformed malformed) {
            LOGGER.debug("A malformed DCEP message on stream {}: {}", streamId, malformed.reason());
            refuse(streamId, channel, malformed.reason());
        }
    }

    /** RFC 8832 §6: an OPEN on a stream that is in use, or of our own parity, closes that stream. */
    private void onOpen(int streamId, @Nullable DataChannel existing, Dcep.Open open) {
        int length = open.label().length() + open.protocol().length();
        if (existing != null) {
            refuse(streamId, existing, "DATA_CHANNEL_OPEN on a stream that is in use");
        } else if (streamId % 2 == channels.parity()) {
            refuse(streamId, null, "DATA_CHANNEL_OPEN on a stream of our parity");
        } else if (textLength + length > MAX_TEXT_LENGTH) {
            refuse(streamId, null, "too long labels");
        } else {
            textLength += length;
            accept(streamId, open);
        }
    }

    private void accept(int streamId, Dcep.Open open) {
        ids.reserve(streamId);
        DataChannel channel = new DataChannel(
                loop,
                channels,
                open.label(),
                open.options(),
                DataChannel.Establishment.CONFIRMED,
                OptionalInt.of(streamId));
        table.put(streamId, channel);
        channels.transport().setPriority(streamId, channel.priority().value());
        channels.transport().sendDcep(streamId, new Dcep.Ack().encode());
        channel.becomeOpen();
        onDataChannel.accept(channel);
        channel.announceOpen();
        incoming.deliverEarly(streamId);
    }

    private void refuse(int streamId, @Nullable DataChannel channel, String reason) {
        LOGGER.debug("Stream {} is reset: {}", streamId, reason);
        if (channel != null) {
            channel.announceClosing();
            channel.setFailure(new RtcException(ErrorName.OPERATION_ERROR, reason));
            channels.transport().endSources(streamId, new RtcException(ErrorName.OPERATION_ERROR, reason));
        }
        channels.transport().resetStream(streamId);
    }
}
