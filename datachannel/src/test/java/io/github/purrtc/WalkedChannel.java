package io.github.purrtc;

import io.github.purrtc.testing.Await;

import java.util.List;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A channel that is walked over: its states come in their order, and its events in theirs. */
final class WalkedChannel {
    private final DataChannel channel;
    private final List<String> events = new CopyOnWriteArrayList<>();
    private DataChannelState seen = DataChannelState.CONNECTING;

    WalkedChannel(DataChannel channel) {
        this.channel = channel;
        channel.onMessage(message -> {});
        channel.onOpen(() -> events.add("open"));
        channel.onClosing(() -> events.add("closing"));
        channel.onError(e -> events.add("error"));
        channel.onClose(() -> events.add("close"));
    }

    /** webrtc-pc §6.2: fails with an InvalidStateError where the channel is not open, and with nothing else but a full buffer where it is. */
    CompletionStage<?> send(int bytes) {
        DataChannelState before = channel.readyState();
        try {
            channel.send(new byte[bytes]);
            assertTrue(before != DataChannelState.CLOSING && before != DataChannelState.CLOSED, before::toString);
        } catch (RtcException e) {
            DataChannelState after = channel.readyState();
            if (e.errorName() == ErrorName.INVALID_STATE_ERROR) {
                assertTrue(
                        before != DataChannelState.OPEN || after != DataChannelState.OPEN, () -> before + " " + after);
            } else {
                assertEquals(ErrorName.OPERATION_ERROR, e.errorName());
            }
        }
        return CompletableFuture.completedStage(null);
    }

    void close() {
        channel.close();
        assertTrue(channel.readyState().compareTo(DataChannelState.CLOSING) >= 0);
    }

    /** Whether it may hold the id that the options ask for. */
    boolean holds(DataChannelOptions options) {
        return options.id().isPresent()
                && channel.id().equals(options.id())
                && channel.readyState() != DataChannelState.CLOSED;
    }

    boolean wasOpen() {
        return events.contains("open");
    }

    boolean isUsable() {
        return channel.readyState().compareTo(DataChannelState.CLOSING) < 0;
    }

    /** The id, while it is nobody else's. */
    OptionalInt certainId() {
        OptionalInt id = channel.id();
        return isUsable() ? id : OptionalInt.empty();
    }

    synchronized void check() {
        DataChannelState now = channel.readyState();
        assertTrue(now.compareTo(seen) >= 0, () -> now + " after " + seen);
        seen = now;
        assertTrue(channel.bufferedAmount() >= 0);
    }

    /** It is closed, or will be soon. */
    void requireEnd() {
        Await.until("the close event of " + channel, () -> events.contains("close"));
        check();
        assertEquals(DataChannelState.CLOSED, channel.readyState());
        String all = String.join(" ", events);
        assertTrue(all.matches("(open )?(closing )?(error )?close"), all);
    }
}
