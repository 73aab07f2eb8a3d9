package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.ErrorName;
import io.github.purrtc.RtcException;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Sends back what comes on a connection's channels.
 *
 * <p>A page may send faster than it reads. Then a channel takes no more messages until those sent back have gone: SCTP's
 * receive window closes, and the page's {@code bufferedAmount} grows instead of this program.
 */
final class EchoChannels {
    /** With more bytes than this on the way back, a channel is paused. */
    private static final long HIGH_MARK = 1024 * 1024;
    /** It goes on when no more than these are left. */
    private static final long LOW_MARK = 256 * 1024;

    private final Narrator narrator;
    private final Set<Echo> echoes = ConcurrentHashMap.newKeySet();
    /** The loop's: those that take no messages for now. */
    private final Set<Echo> paused = new LinkedHashSet<>();

    EchoChannels(Narrator narrator) {
        this.narrator = narrator;
    }

    void add(DataChannel channel) {
        Echo echo = new Echo(channel);
        echoes.add(echo);
        echo.listen();
    }

    /** Closes all channels; complete when all are closed. */
    CompletableFuture<Void> close() {
        List<CompletableFuture<Void>> ends = new ArrayList<>();
        for (Echo echo : echoes) {
            ends.add(echo.closed);
            echo.channel.close();
        }
        return CompletableFuture.allOf(ends.toArray(CompletableFuture<?>[]::new));
    }

    /** The send buffer is shared: room that one channel makes may be what another waits for. */
    private void goOn() {
        for (Echo echo : List.copyOf(paused)) {
            echo.goOn();
        }
    }

    /** One channel; all but the constructor happens on the connection's loop. */
    private final class Echo {
        private final DataChannel channel;
        private final Queue<DataChannelMessage> waiting = new ArrayDeque<>();
        private final CompletableFuture<Void> closed = new CompletableFuture<>();

        Echo(DataChannel channel) {
            this.channel = channel;
        }

        void listen() {
            channel.onOpen(() -> narrator.channelOpen(channel))
                    .onBufferedAmountLow(this::onBufferedAmountLow)
                    .onError(error -> narrator.channelError(channel, error))
                    .onClose(this::onClose)
                    .onMessage(this::onMessage);
        }

        private void onMessage(DataChannelMessage message) {
            narrator.incoming(channel, message.size());
            waiting.add(message);
            sendWaiting();
        }

        private void sendWaiting() {
            while (!waiting.isEmpty() && channel.readyState() == DataChannelState.OPEN && send(waiting.element())) {
                waiting.remove();
            }
            if (!waiting.isEmpty() || channel.bufferedAmount() > HIGH_MARK) {
                pause();
            }
        }

        private void pause() {
            if (paused.add(this)) {
                channel.setBufferedAmountLowThreshold(LOW_MARK);
                channel.pause();
            }
        }

        private void goOn() {
            sendWaiting();
            if (waiting.isEmpty() && channel.bufferedAmount() <= LOW_MARK && paused.remove(this)) {
                channel.setBufferedAmountLowThreshold(0);
                channel.resume();
            }
        }

        /** Returns false if the message has to wait for room. */
        private boolean send(DataChannelMessage message) {
            try {
                channel.send(message);
                narrator.sending(message.size());
            } catch (RtcException e) {
                if (e.errorName() == ErrorName.OPERATION_ERROR) {
                    return false;
                }
                narrator.couldNotSend(e);
            }
            return true;
        }

        private void onBufferedAmountLow() {
            narrator.bufferedAmountLow(channel);
            EchoChannels.this.goOn();
        }

        private void onClose() {
            narrator.channelClosed(channel);
            echoes.remove(this);
            paused.remove(this);
            closed.complete(null);
            EchoChannels.this.goOn();
        }
    }
}
