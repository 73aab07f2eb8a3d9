package io.github.purrtc;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Messages from sources, received in parts, and what becomes of messages. */
class StreamedMessageTest {
    private static final int PART = 16 * 1024;
    private static final int BUFFER = 256 * 1024;
    private static final Configuration CONFIGURATION = Configuration.builder()
            .includeLoopback(true)
            .messagesOfAnySize(true)
            .maxMessageSize(64 * 1024)
            .receiveWindow(BUFFER)
            .sendBufferLimit(BUFFER)
            .build();

    /** A pair with one channel: ours, and what the other side made of it. */
    private static final class Channels implements AutoCloseable {
        final PeerPair pair;
        final DataChannel ours;
        private final CompletableFuture<DataChannel> incoming = new CompletableFuture<>();

        Channels(Configuration configuration, DataChannelOptions options) {
            pair = new PeerPair(configuration);
            pair.z.onDataChannel(incoming::complete);
            ours = pair.a.createDataChannel("stream", options);
            CountDownLatch open = new CountDownLatch(1);
            ours.onOpen(open::countDown);
            pair.connect();
            PeerPair.await(open, "open");
        }

        DataChannel theirs() {
            return PeerPair.get(incoming);
        }

        @Override
        public void close() {
            pair.close();
        }
    }

    private static Channels channels() {
        return new Channels(CONFIGURATION, DataChannelOptions.DEFAULT);
    }

    @Test
    void aMessageLargerThanEveryBufferPassesInParts() {
        long size = Long.getLong("purrtc.messageSize", 32L << 20);
        try (Channels channels = channels()) {
            AtomicLong received = new AtomicLong();
            AtomicBoolean wrong = new AtomicBoolean();
            CompletableFuture<Void> complete = new CompletableFuture<>();
            channels.theirs().onMessagePart(part -> {
                wrong.compareAndSet(false, part.isText() || part.isFirst() != (received.get() == 0));
                ByteBuffer data = part.data();
                for (long at = received.get(); data.hasRemaining(); at++) {
                    wrong.compareAndSet(false, data.get() != byteAt(at));
                }
                received.addAndGet(data.position());
                if (part.isLast()) {
                    complete.complete(null);
                }
            });
            AtomicLong mostBuffered = new AtomicLong();
            CompletionStage<Void> sent;
            try (SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>(Runnable::run, 4)) {
                sent = channels.ours.sendBinary(source);
                Await.until("the subscription", source::hasSubscribers);
                for (long at = 0; at < size; at += PART) {
                    source.submit(bytes(at, PART));
                    mostBuffered.accumulateAndGet(channels.ours.bufferedAmount(), Math::max);
                }
            }
            PeerPair.get(sent);
            PeerPair.get(complete);
            assertEquals(size, received.get());
            assertFalse(wrong.get(), "wrong bytes or marks");
            assertTrue(mostBuffered.get() <= BUFFER + 6L * PART, () -> "buffered: " + mostBuffered);
            Await.until("nothing is buffered", () -> channels.ours.bufferedAmount() == 0);
        }
    }

    @Test
    void whatIsSentBehindAMessageFromASourceWaitsForItsEnd() {
        try (Channels channels = channels()) {
            List<String> received = Collections.synchronizedList(new ArrayList<>());
            channels.theirs().onMessage(message -> received.add(message.text()));
            Source first = new Source();
            Source second = new Source();
            CompletionStage<Void> one = channels.ours.sendText(first);
            channels.ours.send("behind");
            CompletionStage<Void> two = channels.ours.sendText(second);
            channels.ours.send("last");
            first.publish("a ");
            first.publish("message");
            first.complete();
            PeerPair.get(one);
            Await.until("what waited for it", () -> received.size() == 2);
            assertFalse(two.toCompletableFuture().isDone());
            second.publish("another");
            second.complete();
            PeerPair.get(two);
            Await.until("all", () -> received.size() == 4);
            assertEquals(List.of("a message", "behind", "another", "last"), received);
        }
    }

    @Test
    void anEmptySourceIsAnEmptyMessage() {
        try (Channels channels = channels()) {
            LinkedBlockingQueue<DataChannelMessagePart> parts = new LinkedBlockingQueue<>();
            channels.theirs().onMessagePart(parts::add);
            Source source = new Source();
            CompletionStage<Void> sent = channels.ours.sendText(source);
            source.publish("");
            source.complete();
            PeerPair.get(sent);
            Await.until("the message", () -> !parts.isEmpty());
            DataChannelMessagePart whole = parts.remove();
            assertTrue(whole.isText() && whole.isFirst() && whole.isLast() && whole.size() == 0);
            assertEquals(0, whole.messageNumber());
        }
    }

    @Test
    void aSourceThatFailsGivesItsMessageUp() {
        try (Channels channels = channels()) {
            LinkedBlockingQueue<DataChannelMessagePart> parts = new LinkedBlockingQueue<>();
            channels.theirs().onMessagePart(parts::add);
            Source source = new Source();
            CompletionStage<Void> sent = channels.ours.sendBinary(source);
            channels.ours.send("next");
            source.publish("sent");
            source.publish("kept back");
            Await.until("a part", () -> !parts.isEmpty());
            assertEquals(DataChannelMessagePart.Position.FIRST, parts.remove().position());
            source.fail(new IllegalStateException("the disk is gone"));
            RtcException failure = assertThrows(RtcException.class, () -> PeerPair.get(sent));
            assertEquals(ErrorName.OPERATION_ERROR, failure.errorName());
            assertTrue(failure.getMessage().contains("the disk is gone"), failure::getMessage);
            Await.until("what came behind", () -> parts.size() == 2);
            assertTrue(parts.remove().isAbandoned());
            assertEquals(DataChannelMessagePart.Position.WHOLE, parts.remove().position());
        }
    }

    @Test
    void aSourceThatCannotBeSubscribedToFails() {
        try (Channels channels = channels()) {
            Flow.Publisher<ByteBuffer> broken = subscriber -> {
                throw new IllegalStateException("broken");
            };
            CompletionStage<Void> sent = channels.ours.sendBinary(broken);
            assertThrows(RtcException.class, () -> PeerPair.get(sent));
            PeerPair.get(channels.ours.sendAcknowledged(DataChannelMessage.text("the channel lives")));
        }
    }

    @Test
    void aMessageThatBecomesTooLargeForThePeerIsGivenUp() {
        Configuration limited = Configuration.builder()
                .includeLoopback(true)
                .maxMessageSize(10_000)
                .build();
        try (Channels channels = new Channels(limited, DataChannelOptions.DEFAULT)) {
            Source source = new Source();
            CompletionStage<Void> sent = channels.ours.sendBinary(source);
            source.publish("x".repeat(9_000));
            source.publish("x".repeat(1_001));
            RtcException failure = assertThrows(RtcException.class, () -> PeerPair.get(sent));
            assertEquals(ErrorName.TYPE_ERROR, failure.errorName());
            assertTrue(source.isCancelled());
            PeerPair.get(channels.ours.sendAcknowledged(DataChannelMessage.text("the channel lives")));
        }
    }

    @Test
    void closingWaitsForTheSource() {
        try (Channels channels = channels()) {
            LinkedBlockingQueue<String> received = new LinkedBlockingQueue<>();
            CountDownLatch closed = new CountDownLatch(2);
            channels.theirs().onMessage(message -> received.add(message.text())).onClose(closed::countDown);
            channels.ours.onClose(closed::countDown);
            Source source = new Source();
            CompletionStage<Void> sent = channels.ours.sendText(source);
            channels.ours.send("behind");
            channels.ours.close();
            source.publish("all ");
            source.publish("of it");
            source.complete();
            PeerPair.get(sent);
            PeerPair.await(closed, "close on both sides");
            assertEquals(List.of("all of it", "behind"), List.copyOf(received));
        }
    }

    @Test
    void aPeerThatClosesEndsTheSource() {
        try (Channels channels = channels()) {
            CountDownLatch closed = new CountDownLatch(1);
            channels.ours.onClose(closed::countDown);
            Source source = new Source();
            CompletionStage<Void> sent = channels.ours.sendBinary(source);
            source.publish("idle");
            channels.theirs().close();
            PeerPair.await(closed, "close");
            RtcException failure = assertThrows(RtcException.class, () -> PeerPair.get(sent));
            assertTrue(failure.getMessage().contains("the peer closed the channel"), failure::getMessage);
            Await.until("the source is cancelled", source::isCancelled);
        }
    }

    @Test
    void theEndOfTheConnectionIsTheEndOfAllThatWasAccepted() {
        try (Channels channels = channels()) {
            channels.theirs().pause();
            Source source = new Source();
            CompletionStage<Void> streamed = channels.ours.sendBinary(source);
            source.publish("idle");
            CompletionStage<Void> behind = channels.ours.sendAcknowledged(DataChannelMessage.text("behind"));
            CompletionStage<Void> next = channels.ours.sendBinary(new Source());
            channels.pair.a.close();
            for (CompletionStage<Void> stage : List.of(streamed, behind, next)) {
                RtcException failure = assertThrows(RtcException.class, () -> PeerPair.get(stage));
                assertEquals(ErrorName.OPERATION_ERROR, failure.errorName());
            }
            Await.until("the channel is closed", () -> channels.ours.readyState() == DataChannelState.CLOSED);
            assertThrows(RtcException.class, () -> channels.ours.sendBinary(new Source()));
        }
    }

    @Test
    void pausingHoldsPartsBackAndStopsTheSource() {
        try (Channels channels = channels()) {
            AtomicLong received = new AtomicLong();
            CountDownLatch complete = new CountDownLatch(1);
            DataChannel theirs = channels.theirs();
            theirs.onMessagePart(part -> {
                received.addAndGet(part.size());
                if (part.isFirst()) {
                    theirs.pause();
                }
                if (part.isLast()) {
                    complete.countDown();
                }
            });
            long size = 16L * BUFFER;
            Source source = new Source();
            channels.ours.sendBinary(source);
            for (long at = 0; at < size; at += PART) {
                source.publish(bytes(at, PART));
            }
            source.complete();
            // What one side may have received and the other sent is full: nothing more is asked for.
            Await.until("both are full", () -> channels.ours.bufferedAmount() >= BUFFER - PART);
            assertTrue(received.get() < BUFFER, () -> "received while paused: " + received);
            assertTrue(source.taken() < 3 * BUFFER / PART, () -> "taken while paused: " + source.taken());
            theirs.resume();
            PeerPair.await(complete, "the last part");
            assertEquals(size, received.get());
        }
    }

    @Test
    void messagesThatAreGivenUpAreToldOf() {
        DataChannelOptions shortLived =
                DataChannelOptions.builder().maxPacketLifeTime(50).build();
        try (Channels channels = new Channels(CONFIGURATION, shortLived)) {
            channels.theirs().pause();
            // Nobody takes them: when the window is full the rest can only expire.
            List<CompletionStage<Void>> sent = new ArrayList<>();
            for (int i = 0; i < 3 * BUFFER / PART; i++) {
                Await.until("room", () -> channels.ours.bufferedAmount() < BUFFER - 2 * PART);
                sent.add(channels.ours.sendAcknowledged(DataChannelMessage.binary(bytes(0, PART))));
            }
            PeerPair.get(sent.get(0));
            RtcException failure = assertThrows(RtcException.class, () -> PeerPair.get(sent.get(sent.size() - 1)));
            assertEquals(ErrorName.OPERATION_ERROR, failure.errorName());
        }
    }

    private static ByteBuffer bytes(long from, int count) {
        byte[] bytes = new byte[count];
        for (int i = 0; i < count; i++) {
            bytes[i] = byteAt(from + i);
        }
        return ByteBuffer.wrap(bytes);
    }

    private static byte byteAt(long position) {
        return (byte) (position % 251 ^ position >> 16);
    }

    /** Publishes what it is given as it is asked for. */
    private static final class Source implements Flow.Publisher<ByteBuffer> {
        private final LinkedBlockingQueue<ByteBuffer> queue = new LinkedBlockingQueue<>();
        private final AtomicReference<Flow.Subscriber<? super ByteBuffer>> subscriber = new AtomicReference<>();
        private final AtomicLong demand = new AtomicLong();
        private final AtomicLong taken = new AtomicLong();
        private final AtomicBoolean serving = new AtomicBoolean();
        private volatile boolean cancelled;
        private volatile boolean complete;
        private volatile Throwable failure;

        void publish(String text) {
            publish(ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8)));
        }

        void publish(ByteBuffer bytes) {
            queue.add(bytes);
            serve();
        }

        void complete() {
            complete = true;
            serve();
        }

        void fail(Throwable cause) {
            failure = cause;
            serve();
        }

        boolean isCancelled() {
            return cancelled;
        }

        long taken() {
            return taken.get();
        }

        @Override
        public void subscribe(Flow.Subscriber<? super ByteBuffer> given) {
            subscriber.set(given);
            given.onSubscribe(new Flow.Subscription() {
                @Override
                public void request(long n) {
                    demand.addAndGet(n);
                    serve();
                }

                @Override
                public void cancel() {
                    cancelled = true;
                }
            });
            serve();
        }

        /** Signals come one after the other, whoever has something to say. */
        private void serve() {
            Flow.Subscriber<? super ByteBuffer> target = subscriber.get();
            while (target != null && hasSignal() && serving.compareAndSet(false, true)) {
                try {
                    signal(target);
                } finally {
                    serving.set(false);
                }
            }
        }

        private boolean hasSignal() {
            return !cancelled
                    && ((demand.get() > 0 && !queue.isEmpty()) || failure != null || (complete && queue.isEmpty()));
        }

        private void signal(Flow.Subscriber<? super ByteBuffer> target) {
            while (hasSignal()) {
                ByteBuffer next = demand.get() > 0 ? queue.poll() : null;
                if (next != null) {
                    demand.decrementAndGet();
                    taken.incrementAndGet();
                    target.onNext(next);
                } else {
                    cancelled = true;
                    if (failure != null) {
                        target.onError(failure);
                    } else {
                        target.onComplete();
                    }
                }
            }
        }
    }
}
