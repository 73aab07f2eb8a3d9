package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.RtcException;

/** Tells what happens to the channels of a tool. */
record ChannelStory(Narrator narrator) {
    DataChannel follow(DataChannel channel) {
        return channel.onBufferedAmountLow(() -> narrator.bufferedAmountLow(channel))
                .onError(error -> narrator.channelError(channel, error))
                .onClose(() -> narrator.channelClosed(channel))
                .onMessage(message -> incoming(channel, message));
    }

    void incoming(DataChannel channel, DataChannelMessage message) {
        narrator.incoming(channel, message.size());
        narrator.tell(channel.label() + ": " + TestData.verdict(TestData.matches(0, message.data())));
    }

    /** Sends that many bytes of test data as one message. */
    void send(DataChannel channel, int size) {
        narrator.sending(size);
        try {
            channel.send(TestData.message(size));
        } catch (RtcException e) {
            narrator.couldNotSend(e);
        }
    }

    void close(DataChannel channel) {
        narrator.tell("Closing channel " + channel.label());
        channel.close();
    }
}
