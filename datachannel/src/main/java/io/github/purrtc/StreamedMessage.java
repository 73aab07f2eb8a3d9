package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

/**
 * A message whose bytes come from a publisher, as there is room for them. Of what was published the last part is kept back: whether it is
 * the message's last shows with what comes next.
 *
 * <p>Signals come on whatever threads the publisher has, one after the other (Reactive Streams §1.3).
 */
final class StreamedMessage implements Flow.Subscriber<ByteBuffer> {
    private final DataChannel channel;
    private final boolean isText;
    private final Flow.Publisher<? extends ByteBuffer> source;
    private final MessageTransport transport;
    private final CompletableFuture<Void> outcome = new CompletableFuture<>();

    private final AtomicReference<Flow.@Nullable Subscription> subscription = new AtomicReference<>();
    /** Whether it waits for room before it asks for more. */
    private final AtomicBoolean waiting = new AtomicBoolean();

    private volatile boolean ended;

    // The publisher's.
    private @Nullable ByteBuffer keptBack;
    private long size;

    StreamedMessage(
            DataChannel channel,
            boolean isText,
            Flow.Publisher<? extends ByteBuffer> source,
            MessageTransport transport) {
        this.channel = channel;
        this.isText = isText;
        this.source = source;
        this.transport = transport;
    }

    DataChannel channel() {
        return channel;
    }

    boolean isText() {
        return isText;
    }

    /** Ends when the message is acknowledged or will not be. */
    CompletableFuture<Void> outcome() {
        return outcome;
    }

    /** It is the message's turn. */
    void start() {
        try {
            source.subscribe(this);
        } catch (RuntimeException | Error e) {
            fail(failureOf(e));
        }
    }

    /** There is room for more. */
    void onRoom() {
        if (waiting.compareAndSet(true, false)) {
            request();
        }
    }

    /** Nothing more is taken from the source. */
    void end() {
        ended = true;
        Flow.Subscription current = subscription.get();
        if (current != null) {
            current.cancel();
        }
    }

    @Override
    public void onSubscribe(Flow.Subscription given) {
        if (!subscription.compareAndSet(null, given) || ended) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(ByteBuffer part) {
        if (ended) {
            return;
        }
        size += part.remaining();
        if (size > transport.maxMessageSize()) {
            end();
            fail(new RtcException(
                    ErrorName.TYPE_ERROR,
                    "the message has more than the " + transport.maxMessageSize() + " bytes that the peer takes"));
            return;
        }
        if (part.hasRemaining()) {
            ByteBuffer before = keptBack;
            keptBack = part;
            if (before != null) {
                transport.submit(new Outgoing.Part(this, before, before.remaining(), false));
            }
        }
        requestWhenRoom();
    }

    @Override
    public void onComplete() {
        if (!ended) {
            ByteBuffer last = keptBack;
            // RFC 8831 §6.6: SCTP has no empty messages; one byte stands for it.
            transport.submit(
                    last == null
                            ? new Outgoing.Part(this, ByteBuffer.allocate(1), 0, true)
                            : new Outgoing.Part(this, last, last.remaining(), true));
        }
    }

    @Override
    public void onError(Throwable cause) {
        fail(failureOf(cause));
    }

    private void fail(RtcException cause) {
        transport.submit(new Outgoing.Failure(this, cause));
    }

    private static RtcException failureOf(Throwable cause) {
        return new RtcException(ErrorName.OPERATION_ERROR, "the source of a message failed: " + cause, cause);
    }

    private void requestWhenRoom() {
        if (transport.hasRoom()) {
            request();
            return;
        }
        waiting.set(true);
        // There may be room by now, and nobody who says so.
        if (transport.hasRoom()) {
            onRoom();
        }
    }

    private void request() {
        Flow.Subscription current = subscription.get();
        if (current != null && !ended) {
            current.request(1);
        }
    }
}
