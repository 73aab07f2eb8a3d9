package io.github.purrtc.benchmarks.stack;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.IntConsumer;

final class PurrtcChannel implements Channel {
    private final DataChannel channel;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();

    PurrtcChannel(DataChannel channel) {
        this.channel = channel;
        channel.onOpen(() -> opened.complete(null));
    }

    @Override
    public String label() {
        return channel.label();
    }

    @Override
    public CompletionStage<Void> opened() {
        return opened;
    }

    @Override
    public Runnable sender(int size) {
        DataChannelMessage message = DataChannelMessage.binary(ByteBuffer.allocate(size));
        return () -> channel.send(message);
    }

    @Override
    public void onMessage(IntConsumer listener) {
        channel.onMessage(message -> listener.accept(message.size()));
    }

    @Override
    public void echo() {
        channel.onMessage(channel::send);
    }

    /** Fills on the loop, whenever little is left. */
    @Override
    public void start(Feed feed) {
        Runnable sender = sender(feed.size());
        channel.setBufferedAmountLowThreshold(feed.lowMark());
        channel.onBufferedAmountLow(() -> {
            while (!feed.isStopped() && channel.bufferedAmount() < feed.highMark()) {
                sender.run();
                feed.count();
            }
        });
        do {
            sender.run();
            feed.count();
        } while (channel.bufferedAmount() <= feed.lowMark());
    }
}
