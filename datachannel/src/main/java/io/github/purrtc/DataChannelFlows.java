package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Data channels as reactive streams: what a subscriber asks for is what the channel takes, and what a channel has room for is what it asks
 * for. Signals come on the connection's event loop, one after the other.
 */
public final class DataChannelFlows {
    private static final long MAX_BUFFERED_BYTES = 1 << 20;

    private DataChannelFlows() {}

    /**
     * The messages of the peer. It has one subscriber, and takes over the channel's listeners for messages, closing and errors. Messages
     * for which there is no demand stay in the connection's receive window, so that the peer stops; they hold back other channels' too.
     */
    public static Flow.Publisher<DataChannelMessage> publisher(DataChannel channel) {
        AtomicBoolean taken = new AtomicBoolean();
        return subscriber -> {
            if (taken.compareAndSet(false, true)) {
                new Receiving(channel, subscriber).start();
            } else {
                subscriber.onSubscribe(new Nothing());
                subscriber.onError(new IllegalStateException("the data channel has a subscriber already"));
            }
        };
    }

    /**
     * Sends each message, without copying it, and asks for more while no more than 1 MiB of the channel's is under way. Closes the channel
     * when the messages end. Takes over the channel's listeners for buffered bytes, opening and closing.
     */
    public static Flow.Subscriber<DataChannelMessage> subscriber(DataChannel channel) {
        return new Sending(channel);
    }

    private record Nothing() implements Flow.Subscription {
        @Override
        public void request(long n) {
            // There is nothing to come.
        }

        @Override
        public void cancel() {
            // There is nothing to end.
        }
    }

    private static final class Receiving implements Flow.Subscription {
        private final DataChannel channel;
        private final Flow.Subscriber<? super DataChannelMessage> subscriber;
        private final AtomicLong demand = new AtomicLong();
        private final AtomicBoolean ended = new AtomicBoolean();

        Receiving(DataChannel channel, Flow.Subscriber<? super DataChannelMessage> subscriber) {
            this.channel = channel;
            this.subscriber = subscriber;
        }

        void start() {
            channel.pause();
            subscriber.onSubscribe(this);
            channel.onError(this::fail);
            channel.onClose(() -> {
                if (ended.compareAndSet(false, true)) {
                    subscriber.onComplete();
                }
            });
            channel.onMessage(this::onMessage);
        }

        private void onMessage(DataChannelMessage message) {
            if (ended.get()) {
                return;
            }
            demand.getAndUpdate(n -> n == Long.MAX_VALUE ? n : n - 1);
            subscriber.onNext(message);
            if (demand.get() == 0) {
                channel.pause();
            }
        }

        private void fail(Throwable cause) {
            if (ended.compareAndSet(false, true)) {
                subscriber.onError(cause);
            }
        }

        @Override
        public void request(long n) {
            if (n <= 0) {
                fail(new IllegalArgumentException("demand must be positive: " + n));
                return;
            }
            demand.getAndUpdate(before -> before + n < 0 ? Long.MAX_VALUE : before + n);
            channel.resume();
        }

        /** What still comes is dropped: nobody else may listen. */
        @Override
        public void cancel() {
            ended.set(true);
            channel.resume();
        }
    }

    private static final class Sending implements Flow.Subscriber<DataChannelMessage> {
        private final DataChannel channel;
        private final AtomicBoolean asked = new AtomicBoolean();
        private volatile Flow.@Nullable Subscription subscription;

        Sending(DataChannel channel) {
            this.channel = channel;
        }

        @Override
        public void onSubscribe(Flow.Subscription value) {
            if (subscription != null) {
                value.cancel();
                return;
            }
            subscription = value;
            channel.setBufferedAmountLowThreshold(MAX_BUFFERED_BYTES / 2);
            channel.onBufferedAmountLow(this::askIfRoom);
            channel.onClose(value::cancel);
            channel.onOpen(this::askIfRoom);
            askIfRoom();
        }

        /** One at a time: whoever sees that there is room asks, unless somebody has. */
        private void askIfRoom() {
            Flow.Subscription current = subscription;
            if (current != null
                    && channel.readyState() == DataChannelState.OPEN
                    && channel.bufferedAmount() <= MAX_BUFFERED_BYTES
                    && asked.compareAndSet(false, true)) {
                current.request(1);
            }
        }

        @Override
        public void onNext(DataChannelMessage message) {
            asked.set(false);
            Flow.Subscription current = subscription;
            try {
                channel.send(message);
            } catch (RtcException e) {
                if (current != null) {
                    current.cancel();
                }
                return;
            }
            askIfRoom();
        }

        @Override
        public void onError(Throwable cause) {
            channel.close();
        }

        @Override
        public void onComplete() {
            channel.close();
        }
    }
}
