package io.github.purrtc.peers;

import io.github.purrtc.testing.Await;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** One end of a data channel. Its binary messages, taken together, are a stretch of {@link Pattern}, and are counted. */
abstract class Channel {
    /** The events so far but those of messages; of an error's, its name, detail and cause too. */
    final List<String> events = new CopyOnWriteArrayList<>();

    final BlockingQueue<String> texts = new LinkedBlockingQueue<>();

    abstract void send(String text);

    /** Sends so many bytes of the pattern while no more than that are buffered; ends when all were given to send. */
    abstract CompletableFuture<Void> send(long bytes, int messageSize, long mostBuffered);

    /** The bytes of binary messages that came so far, which must have been the pattern's. */
    abstract long received();

    /** Label, protocol, ordered, maxPacketLifeTime, maxRetransmits, negotiated and id. */
    abstract String shape();

    abstract String readyState();

    abstract void close();

    final Channel awaitOpen() {
        Await.until("open", () -> events.contains("open"));
        return this;
    }

    final void awaitReceived(long bytes) {
        Await.until(bytes + " bytes", () -> received() >= bytes);
    }
}
