package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;

import java.nio.ByteBuffer;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** A channel that does what it is told, as {@code agent.js} has it. */
final class AgentChannel {
    private static final int HIGH_BYTES = 1 << 20;
    private static final int LOW_BYTES = 256 << 10;
    private static final int LONGEST_TEXT = 1000;

    private final DataChannel channel;
    private final int number;
    private final Consumer<ObjectNode> say;
    private volatile Consumer<DataChannelMessage> listener = this::report;
    private volatile Counter counter = new Counter();

    AgentChannel(DataChannel channel, int number, Consumer<ObjectNode> say) {
        this.channel = channel;
        this.number = number;
        this.say = say;
        channel.onOpen(() -> say.accept(Json.of("event", "open").setAll(describe())));
        channel.onClose(() -> say.accept(Json.of("event", "closed", "channel", number)));
        channel.onMessage(message -> listener.accept(message));
    }

    ObjectNode describe() {
        ObjectNode json = Json.of(
                "channel", number,
                "label", channel.label(),
                "protocol", channel.protocol(),
                "ordered", channel.ordered(),
                "negotiated", channel.negotiated(),
                "readyState", channel.readyState().toString());
        channel.id().ifPresent(id -> json.put("id", id));
        channel.maxRetransmits().ifPresent(count -> json.put("maxRetransmits", count));
        channel.maxPacketLifeTime().ifPresent(millis -> json.put("maxPacketLifeTime", millis));
        return json;
    }

    private void report(DataChannelMessage message) {
        int size = message.size();
        ObjectNode json = Json.of("event", "message", "channel", number, "size", size);
        json.put("kind", message.isText() ? "text" : "binary");
        if (!message.isText()) {
            json.put("intact", Pattern.isFill(size, message.data()));
        } else if (size <= LONGEST_TEXT) {
            json.put("text", message.text()).put("size", message.text().length());
        } else {
            json.put("intact", message.text().equals(Pattern.fillText(size, size)));
        }
        say.accept(json);
    }

    void send(JsonNode options) {
        int size = options.path("size").asInt();
        if (options.has("text")) {
            channel.send(options.path("text").asText());
        } else if (options.path("kind").asText().equals("text")) {
            channel.send(Pattern.fillText(size, size));
        } else {
            channel.send(Pattern.fill(size, size));
        }
    }

    /** Blocks until all of it is acknowledged. */
    void flood(JsonNode options) throws InterruptedException {
        long bytes = options.path("bytes").asLong();
        int size = options.path("size").asInt();
        long sent = 0;
        for (int message = 0; sent < bytes; message++) {
            byte[] data = Pattern.fill(message, (int) Math.min(size, bytes - sent));
            if (channel.bufferedAmount() > HIGH_BYTES) {
                drain(LOW_BYTES);
            }
            channel.send(data);
            sent += data.length;
        }
        drain(0);
    }

    private void drain(long limit) throws InterruptedException {
        Semaphore low = new Semaphore(0);
        channel.onBufferedAmountLow(low::release);
        channel.setBufferedAmountLowThreshold(limit);
        while (channel.bufferedAmount() > limit) {
            low.tryAcquire(20, TimeUnit.MILLISECONDS);
        }
    }

    void sink(JsonNode options) {
        listener = new Sink(options.path("bytes").asLong());
    }

    private final class Sink implements Consumer<DataChannelMessage> {
        private final long expectedBytes;
        private final long startNanos = System.nanoTime();
        private long bytes;
        private int messages;
        private int bad;

        Sink(long expectedBytes) {
            this.expectedBytes = expectedBytes;
        }

        @Override
        public void accept(DataChannelMessage message) {
            bad += Pattern.isFill(messages++, message.data()) ? 0 : 1;
            bytes += message.size();
            if (bytes >= expectedBytes) {
                say.accept(Json.of("event", "sunk", "channel", number, "bytes", bytes, "messages", messages, "bad", bad)
                        .put("millis", (System.nanoTime() - startNanos) / 1e6));
            }
        }
    }

    /** Blocks for as long as it sends. */
    ObjectNode ticks(JsonNode options) throws InterruptedException {
        long startNanos = System.nanoTime();
        long everyNanos = TimeUnit.MILLISECONDS.toNanos(options.path("every").asInt());
        long allNanos = TimeUnit.MILLISECONDS.toNanos(options.path("millis").asInt());
        int sent = 0;
        for (long at = 0; at < allNanos; at = sent * everyNanos) {
            TimeUnit.NANOSECONDS.sleep(startNanos + at - System.nanoTime());
            byte[] message = Pattern.fill(sent, options.path("size").asInt());
            ByteBuffer.wrap(message).putInt(0, sent++);
            channel.send(message);
        }
        return Json.of("sent", sent);
    }

    void count() {
        Counter fresh = new Counter();
        counter = fresh;
        listener = message -> fresh.count(message.data().getInt(0));
    }

    ObjectNode counted() {
        return counter.counted();
    }

    void close() {
        channel.close();
    }
}
