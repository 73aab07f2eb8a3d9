package io.github.purrtc.benchmarks.stack;

import dev.onvoid.webrtc.RTCDataChannel;
import dev.onvoid.webrtc.RTCDataChannelBuffer;
import dev.onvoid.webrtc.RTCDataChannelObserver;
import dev.onvoid.webrtc.RTCDataChannelState;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntConsumer;

final class LibwebrtcChannel implements Channel {
    private static final int BYTES_BETWEEN_LOOKS = 65_536;
    private static final int MOST_BETWEEN_LOOKS = 256;
    private static final int DRAIN_POLL_MILLIS = 5;

    private final RTCDataChannel channel;
    private final CompletableFuture<Void> opened = new CompletableFuture<>();
    private final Semaphore drained = new Semaphore(0);
    private volatile Consumer<RTCDataChannelBuffer> listener = message -> {};

    LibwebrtcChannel(RTCDataChannel channel) {
        this.channel = channel;
        channel.registerObserver(new RTCDataChannelObserver() {
            @Override
            public void onBufferedAmountChange(long previousAmount) {
                drained.release();
            }

            @Override
            public void onStateChange() {
                noticeOpen();
            }

            @Override
            public void onMessage(RTCDataChannelBuffer message) {
                listener.accept(message);
            }
        });
        noticeOpen();
    }

    private void noticeOpen() {
        if (channel.getState() == RTCDataChannelState.OPEN) {
            opened.complete(null);
        }
    }

    @Override
    public String label() {
        return channel.getLabel();
    }

    @Override
    public CompletionStage<Void> opened() {
        return opened;
    }

    @Override
    public Runnable sender(int size) {
        ByteBuffer message = ByteBuffer.allocateDirect(size);
        return () -> send(message.duplicate(), true);
    }

    private void send(ByteBuffer data, boolean binary) {
        try {
            channel.send(new RTCDataChannelBuffer(data, binary));
        } catch (Exception e) {
            throw new IllegalStateException("send", e);
        }
    }

    @Override
    public void onMessage(IntConsumer sizes) {
        listener = message -> sizes.accept(message.data.remaining());
    }

    /** What is received is only lent for the call, so it is copied. */
    @Override
    public void echo() {
        listener = message -> {
            ByteBuffer copy = ByteBuffer.allocateDirect(message.data.remaining());
            send(copy.put(message.data).flip(), message.binary);
        };
    }

    /** On a thread of its own; the amount waiting is asked for once a batch, as asking is a hop to another thread. */
    @Override
    public void start(Feed feed) {
        Thread thread = new Thread(() -> run(feed), "feed");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(Feed feed) {
        int batch = Math.max(1, Math.min(MOST_BETWEEN_LOOKS, BYTES_BETWEEN_LOOKS / feed.size()));
        Runnable sender = sender(feed.size());
        try {
            while (!feed.isStopped()) {
                if (channel.getBufferedAmount() >= feed.highMark()) {
                    awaitLow(feed);
                }
                for (int i = 0; i < batch; i++) {
                    sender.run();
                    feed.count();
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void awaitLow(Feed feed) throws InterruptedException {
        while (!feed.isStopped() && channel.getBufferedAmount() > feed.lowMark()) {
            boolean signalled = drained.tryAcquire(DRAIN_POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (signalled) {
                drained.drainPermits();
            }
        }
    }

    void close() {
        channel.unregisterObserver();
        channel.close();
    }
}
