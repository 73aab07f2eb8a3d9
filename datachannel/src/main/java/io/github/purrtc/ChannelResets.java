package io.github.purrtc;

/** What the reset of streams means to their channels: closing is a reset in both directions (RFC 8831 §6.7). Confined to the loop. */
final class ChannelResets {
    private final DataChannels channels;
    private final ChannelTable table;

    ChannelResets(DataChannels channels, ChannelTable table) {
        this.channels = channels;
        this.table = table;
    }

    /** RFC 6525 §4.1: none named means all. */
    void onIncoming(int[] streamIds) {
        for (int streamId : streamIds) {
            onIncoming(streamId);
        }
        if (streamIds.length == 0) {
            for (DataChannel channel : table.all()) {
                onIncoming(channel.streamId());
            }
        }
    }

    private void onIncoming(int streamId) {
        DataChannel channel = table.get(streamId);
        if (channel == null) {
            return;
        }
        MessageTransport transport = channels.transport();
        // The peer listens no more; a source that waits for something would else keep the channel for ever.
        transport.endSources(streamId, new RtcException(ErrorName.OPERATION_ERROR, "the peer closed the channel"));
        if (channel.announceClosing()) {
            transport.resetStream(streamId);
        }
        onReset(channel, DataChannel.Direction.INCOMING);
    }

    void onOutgoing(int[] streamIds) {
        for (int streamId : streamIds) {
            DataChannel channel = table.get(streamId);
            if (channel != null) {
                onReset(channel, DataChannel.Direction.OUTGOING);
            }
        }
    }

    private void onReset(DataChannel channel, DataChannel.Direction direction) {
        if (channel.onReset(direction)) {
            channels.forget(channel);
            channel.announceClosed(channel.failure());
        }
    }

    /** The peer cannot or will not reset the streams: the channels are closed all the same, their ids are not used again. */
    void onOutgoingFailed(int[] streamIds) {
        for (int streamId : streamIds) {
            DataChannel channel = table.get(streamId);
            if (channel != null) {
                channel.announceClosed(null);
            }
        }
    }
}
