package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.JsonNode;

import java.io.IOException;
import java.time.Duration;

/**
 * A channel with its two ends.
 *
 * @param near who made it
 * @param nearSide how its maker describes it
 * @param farSide how the other side does
 */
record Wire(Peer near, int nearNumber, Peer far, int farNumber, JsonNode nearSide, JsonNode farSide) {
    int number(Peer of) {
        return of == near ? nearNumber : farNumber;
    }

    Peer other(Peer than) {
        return than == near ? far : near;
    }

    void awaitOpen() throws IOException, InterruptedException {
        awaitOpen(near, nearNumber);
        awaitOpen(far, farNumber);
    }

    static JsonNode awaitOpen(Peer peer, int channel) throws IOException, InterruptedException {
        return peer.await("open", line -> line.path("channel").asInt() == channel);
    }

    /** A text goes one way, and another one back. */
    void exchange() throws IOException, InterruptedException {
        sendText(near, "A to Z, " + nearNumber);
        sendText(far, "Z to A, " + farNumber);
    }

    void sendText(Peer from, String text) throws IOException, InterruptedException {
        from.ask("send", "channel", number(from), "text", text);
        JsonNode message = message(other(from), other(from).limit());
        require(message.path("kind").asText().equals("text"), "a text came as " + message);
        require(message.path("text").asText().equals(text), "another text came: " + message);
    }

    void sendFilled(Peer from, String kind, int size) throws IOException, InterruptedException {
        sendFilled(from, kind, size, other(from).limit());
    }

    /** @param kind {@code text} or {@code binary} */
    void sendFilled(Peer from, String kind, int size, Duration limit) throws IOException, InterruptedException {
        Peer.get(
                from.start("send", "channel", number(from), "kind", kind, "size", size),
                limit,
                from.name() + " to send " + size + " bytes");
        JsonNode message = message(other(from), limit);
        require(message.path("kind").asText().equals(kind), "not " + kind + ": " + message);
        require(message.path("size").asLong() == size, "not " + size + " bytes: " + message);
        require(
                message.has("text")
                        ? message.path("text").asText().equals(Pattern.fillText(size, size))
                        : message.path("intact").asBoolean(),
                "damaged: " + message);
    }

    private JsonNode message(Peer at, Duration limit) throws IOException, InterruptedException {
        return at.await("message", line -> line.path("channel").asInt() == number(at), limit);
    }

    /** Both sides see the end of it. */
    void close(Peer by) throws IOException, InterruptedException {
        by.ask("close-channel", "channel", number(by));
        awaitClosed(by);
        awaitClosed(other(by));
    }

    void awaitClosed(Peer at) throws IOException, InterruptedException {
        at.await("closed", line -> line.path("channel").asInt() == number(at));
    }

    static void require(boolean condition, String otherwise) throws IOException {
        if (!condition) {
            throw new IOException(otherwise);
        }
    }
}
