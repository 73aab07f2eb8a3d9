package io.github.purrtc.peers;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;

import static org.junit.jupiter.api.Assertions.assertNull;

/** An end of a channel of purrtc's. */
final class PurrtcChannel extends Channel {
    private final DataChannel channel;
    private long sent;
    private volatile long received;
    private volatile @Nullable String fault;

    PurrtcChannel(DataChannel channel) {
        this.channel = channel;
        channel.onOpen(() -> events.add("open"));
        channel.onClosing(() -> events.add("closing"));
        channel.onClose(() -> events.add("close"));
        channel.onError(e -> events.add(description(e)));
        channel.onMessage(this::onMessage);
    }

    private static String description(RtcException e) {
        RtcErrorDetails details = e.details().orElseThrow();
        OptionalInt cause = details.sctpCauseCode();
        return "error " + e.errorName() + " " + details.errorDetail() + " "
                + (cause.isPresent() ? cause.getAsInt() : "");
    }

    private void onMessage(DataChannelMessage message) {
        if (message.isText()) {
            texts.add(message.text());
            return;
        }
        ByteBuffer bytes = message.data().duplicate();
        for (int i = 0; bytes.hasRemaining() && fault == null; i++) {
            if (bytes.get() != Pattern.at(received + i)) {
                fault = "other bytes at " + (received + i);
            }
        }
        received += message.size();
    }

    @Override
    void send(String text) {
        channel.send(text);
    }

    @Override
    CompletableFuture<Void> send(long bytes, int messageSize, long mostBuffered) {
        Sending sending = new Sending(bytes, messageSize, mostBuffered);
        channel.setBufferedAmountLowThreshold(mostBuffered / 2);
        channel.onBufferedAmountLow(sending::goOn);
        sending.goOn();
        return sending.done;
    }

    private final class Sending {
        private final long end;
        private final int messageSize;
        private final long mostBuffered;
        private final CompletableFuture<Void> done = new CompletableFuture<>();

        Sending(long bytes, int messageSize, long mostBuffered) {
            end = sent + bytes;
            this.messageSize = messageSize;
            this.mostBuffered = mostBuffered;
        }

        synchronized void goOn() {
            try {
                while (sent < end && channel.bufferedAmount() <= mostBuffered) {
                    int length = (int) Math.min(messageSize, end - sent);
                    channel.send(DataChannelMessage.binary(ByteBuffer.wrap(Pattern.stretch(sent, length))));
                    sent += length;
                }
                if (sent == end) {
                    done.complete(null);
                }
            } catch (RtcException e) {
                done.completeExceptionally(e);
            }
        }
    }

    @Override
    long received() {
        assertNull(fault);
        return received;
    }

    @Override
    String shape() {
        return String.join(
                "|",
                channel.label(),
                channel.protocol(),
                String.valueOf(channel.ordered()),
                text(channel.maxPacketLifeTime()),
                text(channel.maxRetransmits()),
                String.valueOf(channel.negotiated()),
                text(channel.id()));
    }

    private static String text(OptionalInt value) {
        return value.isPresent() ? String.valueOf(value.getAsInt()) : "none";
    }

    @Override
    String readyState() {
        return channel.readyState().toString();
    }

    @Override
    void close() {
        channel.close();
    }
}
