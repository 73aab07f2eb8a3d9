package io.github.purrtc;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.util.function.Consumer;

/** Who listens to a channel. One that throws is logged and breaks nothing. Confined to the loop. */
final class ChannelListeners {
    private static final Logger LOGGER = LoggerFactory.getLogger(DataChannel.class);

    private final String label;
    final Once<Runnable> open = new Once<>("open");
    final Once<Runnable> closing = new Once<>("closing");
    final Once<Runnable> closed = new Once<>("close");
    final Once<Consumer<RtcException>> error = new Once<>("error");
    private @Nullable Consumer<DataChannelMessage> message;
    private @Nullable Consumer<DataChannelMessagePart> messagePart;
    /** Whether the listener for parts was set last, and takes whole messages too. */
    private boolean prefersParts;

    @Nullable
    Runnable bufferedAmountLow;

    ChannelListeners(String label) {
        this.label = label;
    }

    void setMessage(Consumer<DataChannelMessage> listener) {
        message = listener;
        prefersParts = false;
    }

    void setMessagePart(Consumer<DataChannelMessagePart> listener) {
        messagePart = listener;
        prefersParts = true;
    }

    boolean prefersParts() {
        return prefersParts;
    }

    boolean takesMessages() {
        return prefersParts || message != null;
    }

    void deliver(DataChannelMessage whole) {
        Consumer<DataChannelMessage> listener = message;
        if (prefersParts) {
            deliver(new DataChannelMessagePart(whole.isText(), whole.data(), 0, DataChannelMessagePart.Position.WHOLE));
        } else if (listener != null) {
            try {
                listener.accept(whole);
            } catch (RuntimeException | Error e) {
                logFailure("message", e);
            }
        }
    }

    /** What has begun in parts goes on in parts, whatever listener was set in the meantime. */
    void deliver(DataChannelMessagePart part) {
        Consumer<DataChannelMessagePart> listener = messagePart;
        if (listener != null) {
            try {
                listener.accept(part);
            } catch (RuntimeException | Error e) {
                logFailure("messagepart", e);
            }
        }
    }

    void tell(String event, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            logFailure(event, e);
        }
    }

    private void logFailure(String event, Throwable e) {
        LOGGER.error("The {} listener of data channel '{}' failed", event, label, e);
    }

    /** An event that comes once, and waits for its listener. */
    final class Once<L> {
        private final String event;
        private @Nullable L listener;
        private @Nullable Consumer<L> waiting;

        Once(String event) {
            this.event = event;
        }

        void set(L listener) {
            this.listener = listener;
            Consumer<L> notification = waiting;
            if (notification != null) {
                waiting = null;
                tell(event, () -> notification.accept(listener));
            }
        }

        void fire(Consumer<L> notification) {
            L current = listener;
            if (current == null) {
                waiting = notification;
            } else {
                tell(event, () -> notification.accept(current));
            }
        }
    }
}
