package io.github.purrtc.examples;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessagePart;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.SctpTransport;
import io.github.purrtc.ice.IceRole;

import java.nio.ByteBuffer;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;

/**
 * Messages of one size, one after the other, from the end that controls ICE to the other, which takes the time. Before each goes a start
 * indicator: a text message with the size in eight bytes.
 */
final class ThroughputTool implements ChannelLayer.Tool {
    private static final DataChannelOptions NEGOTIATED =
            DataChannelOptions.builder().negotiated(0).build();

    private final IceRole role;
    private final long messageSize;
    private final int times;
    private final Narrator narrator;
    private final CompletableFuture<Integer> exitCode;
    private final ByteBuffer indicator = ByteBuffer.allocate(Long.BYTES);
    private long startNanos;
    private long received;

    ThroughputTool(IceRole role, long messageSize, int times, Narrator narrator, CompletableFuture<Integer> exitCode) {
        this.role = role;
        this.messageSize = messageSize;
        this.times = times;
        this.narrator = narrator;
        this.exitCode = exitCode;
    }

    @Override
    public void prepare(SctpTransport transport) {
        DataChannel channel = transport.createDataChannel("throughput", NEGOTIATED);
        channel.onError(error -> narrator.channelError(channel, error))
                .onClose(() -> narrator.channelClosed(channel))
                .onMessagePart(this::receive)
                .onOpen(() -> {
                    narrator.channelOpen(channel);
                    if (role == IceRole.CONTROLLING) {
                        send(channel, times);
                    }
                });
    }

    private void send(DataChannel channel, int left) {
        if (left == 0) {
            exitCode.complete(0);
            return;
        }
        narrator.tell("Sending " + messageSize + " bytes");
        long begin = System.nanoTime();
        sendIndicator(channel);
        channel.sendBinary(TestDataSource.blank(messageSize)).whenComplete((nothing, failure) -> {
            if (failure == null) {
                narrator.tell("Acknowledged after " + rate(messageSize, System.nanoTime() - begin));
                send(channel, left - 1);
            } else {
                narrator.tell("Could not send, reason: " + Failures.describe(failure));
                exitCode.complete(1);
            }
        });
    }

    private void sendIndicator(DataChannel channel) {
        // A text that need not be UTF-8, as rawrtc's.
        channel.sendText(TestDataSource.just(
                ByteBuffer.allocate(Long.BYTES).putLong(messageSize).flip()));
    }

    private void receive(DataChannelMessagePart part) {
        if (part.isText()) {
            receiveIndicator(part);
            return;
        }
        received = part.isFirst() ? part.size() : received + part.size();
        if (part.isLast()) {
            narrator.tell("Completed throughput test after " + rate(received, System.nanoTime() - startNanos));
            if (received != messageSize) {
                narrator.tell("Expected " + messageSize + " bytes, received " + received);
                exitCode.complete(1);
            }
        }
    }

    private void receiveIndicator(DataChannelMessagePart part) {
        if (part.isFirst()) {
            indicator.clear();
        }
        if (part.size() > indicator.remaining()) {
            narrator.tell("A start indicator of more than eight bytes");
            return;
        }
        indicator.put(part.data().duplicate());
        if (part.isLast() && !indicator.hasRemaining()) {
            startNanos = System.nanoTime();
            narrator.tell(String.format(
                    Locale.ROOT, "Started throughput test of %.2f MiB", indicator.getLong(0) / 1_048_576.0));
        }
    }

    private static String rate(long bytes, long nanos) {
        return String.format(
                Locale.ROOT,
                "%.2f seconds: %.2f Mbit/s (%.2f MB/s)",
                nanos / 1e9,
                8e3 * bytes / nanos,
                1e3 * bytes / nanos);
    }
}
