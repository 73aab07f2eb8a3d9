package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpAssociation;
import io.github.purrtc.sctp.SctpEvent;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SctpState;
import io.github.purrtc.sctp.SendStatus;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * Hands messages to the association in the order in which they were sent on each channel: what is sent behind a message from a source waits
 * for its end. Tells those who asked what became of a message. Confined to the loop.
 */
final class OutgoingMessages {
    private final NetworkLoop loop;
    private final SctpAssociation association;
    private final DataChannels channels;
    private final Map<Integer, SourceQueue> sources = new HashMap<>();
    private final Map<Long, CompletableFuture<Void>> outcomes = new HashMap<>();
    /** Of channels that were closed before the association was up on both sides. */
    private final List<Integer> resetsWhenEstablished = new ArrayList<>();

    private long lastLifecycleId;
    /** What the association was given, with an overhead for each message or part. */
    private long handedOver;

    /** Why nothing is sent any more. */
    private @Nullable RtcException end;

    /** A stream on which a message from a source is being sent, and what waits for its end. */
    private static final class SourceQueue {
        final StreamedMessage active;
        final ArrayDeque<Outgoing> waiting = new ArrayDeque<>();
        boolean resets;
        long lifecycleId;

        SourceQueue(StreamedMessage active) {
            this.active = active;
        }
    }

    OutgoingMessages(NetworkLoop loop, SctpAssociation association, DataChannels channels) {
        this.loop = loop;
        this.association = association;
        this.channels = channels;
    }

    /** What a message or part counts in the send buffer. */
    static int charge(ByteBuffer payload) {
        return payload.remaining() + SctpAssociation.MESSAGE_OVERHEAD;
    }

    /** What was handed over since the last call. */
    long takeHandedOver() {
        long bytes = handedOver;
        handedOver = 0;
        return bytes;
    }

    void handOver(Outgoing outgoing) {
        if (outgoing instanceof Outgoing.Message message) {
            handOver(message);
        } else if (outgoing instanceof Outgoing.Begin begin) {
            begin(begin);
        } else if (outgoing instanceof Outgoing.Part part) {
            handOver(part);
        } else if (outgoing instanceof Outgoing.Failure failure) {
            fail(failure.message(), failure.cause());
        }
    }

    private void handOver(Outgoing.Message message) {
        SourceQueue queue =
                sources.isEmpty() ? null : sources.get(message.channel().streamId());
        if (queue == null) {
            handOver(
                    message.channel(),
                    message.payloadProtocolId(),
                    message.payload(),
                    message.accounted(),
                    message.outcome());
        } else {
            queue.waiting.add(message);
        }
    }

    /** Whether messages on the channel have to wait: then they must be given as {@link Outgoing}. */
    boolean isBusy(DataChannel channel) {
        return !sources.isEmpty() && sources.containsKey(channel.streamId());
    }

    void handOver(
            DataChannel channel,
            int payloadProtocolId,
            ByteBuffer payload,
            int accounted,
            @Nullable CompletableFuture<Void> outcome) {
        handedOver += charge(payload);
        if (end != null) {
            fail(outcome, end);
            return;
        }
        SctpSendOptions options = accounted == 0 ? channel.sendOptions().unaccounted() : channel.sendOptions();
        SendStatus status = association.send(
                channel.streamId(), payloadProtocolId, payload, named(options, outcome), loop.nanoTime());
        channels.onHandedOver(channel, accounted, status);
        if (status == SendStatus.QUEUED) {
            channel.traffic().sent(accounted, true);
        } else if (outcome != null) {
            outcomes.remove(lastLifecycleId);
            fail(outcome, notSent());
        }
    }

    private SctpSendOptions named(SctpSendOptions options, @Nullable CompletableFuture<Void> outcome) {
        if (outcome == null) {
            return options;
        }
        outcomes.put(++lastLifecycleId, outcome);
        return options.withLifecycleId(lastLifecycleId);
    }

    private void begin(Outgoing.Begin begin) {
        StreamedMessage message = begin.message();
        int streamId = message.channel().streamId();
        SourceQueue queue = sources.get(streamId);
        if (end != null) {
            fail(message.outcome(), end);
        } else if (queue != null) {
            queue.waiting.add(begin);
        } else {
            sources.put(streamId, new SourceQueue(message));
            message.start();
        }
    }

    private void handOver(Outgoing.Part part) {
        StreamedMessage message = part.message();
        DataChannel channel = message.channel();
        int streamId = channel.streamId();
        handedOver += charge(part.payload());
        SourceQueue queue = sources.get(streamId);
        if (queue == null || queue.active != message) {
            // It came to its end while the part was on its way.
            channel.account(-part.accounted());
            return;
        }
        SctpSendOptions options = part.accounted() == 0 ? channel.sendOptions().unaccounted() : channel.sendOptions();
        if (queue.lifecycleId == 0) {
            options = named(options, message.outcome());
            queue.lifecycleId = lastLifecycleId;
        }
        SendStatus status = association.sendPart(
                streamId,
                DataChannel.payloadProtocolId(message.isText(), part.accounted() == 0),
                part.payload(),
                part.isLast(),
                options,
                loop.nanoTime());
        channels.onHandedOver(channel, part.accounted(), status);
        if (status != SendStatus.QUEUED) {
            fail(message, notSent());
            return;
        }
        channel.traffic().sent(part.accounted(), part.isLast());
        if (part.isLast()) {
            goOn(streamId, queue);
        }
    }

    private void fail(StreamedMessage message, RtcException cause) {
        int streamId = message.channel().streamId();
        SourceQueue queue = sources.get(streamId);
        if (queue == null || queue.active != message) {
            return;
        }
        message.end();
        outcomes.remove(queue.lifecycleId);
        fail(message.outcome(), cause);
        association.abandonMessage(streamId, loop.nanoTime());
        goOn(streamId, queue);
    }

    /** The message from the source is whole, or given up: what waited for that goes its way, up to the next of its kind. */
    private void goOn(int streamId, SourceQueue ended) {
        sources.remove(streamId);
        SourceQueue next = null;
        for (Outgoing outgoing : ended.waiting) {
            if (next == null) {
                handOver(outgoing);
                next = sources.get(streamId);
            } else {
                next.waiting.add(outgoing);
            }
        }
        if (next != null) {
            next.resets |= ended.resets;
        } else if (ended.resets) {
            reset(streamId);
        }
    }

    /** Resets the stream behind all that was sent on it. */
    void reset(int streamId) {
        SourceQueue queue = sources.get(streamId);
        if (queue != null) {
            queue.resets = true;
        } else if (end == null && association.state() == SctpState.ESTABLISHED) {
            association.resetStreams(new int[] {streamId}, loop.nanoTime());
        } else if (end == null && association.state() == SctpState.COOKIE_ECHOED) {
            resetsWhenEstablished.add(streamId);
        }
    }

    /** Gives up what sources have still to send on the stream; whole messages among it are sent. */
    void endSources(int streamId, RtcException cause) {
        for (SourceQueue queue = sources.get(streamId); queue != null; queue = sources.get(streamId)) {
            fail(queue.active, cause);
        }
    }

    /** There is room for more: those who wait for it may ask for parts. */
    void onRoom() {
        if (!sources.isEmpty()) {
            for (SourceQueue queue : List.copyOf(sources.values())) {
                queue.active.onRoom();
            }
        }
    }

    void onEvent(SctpEvent event) {
        if (event instanceof SctpEvent.Connected) {
            resetsWhenEstablished.forEach(this::reset);
            resetsWhenEstablished.clear();
        } else if (event instanceof SctpEvent.MessageAcknowledged acknowledged) {
            CompletableFuture<Void> outcome = outcomes.remove(acknowledged.lifecycleId());
            if (outcome != null) {
                outcome.complete(null);
            }
        } else if (event instanceof SctpEvent.MessageAbandoned abandoned) {
            fail(
                    outcomes.remove(abandoned.lifecycleId()),
                    new RtcException(ErrorName.OPERATION_ERROR, "the message was given up"));
        } else if (event instanceof SctpEvent.Aborted || event instanceof SctpEvent.Closed) {
            end(notSent());
        }
    }

    /** The association is gone, and with it what it had not delivered. */
    void end(RtcException cause) {
        if (end != null) {
            return;
        }
        end = cause;
        List<CompletableFuture<Void>> unfinished = new ArrayList<>(outcomes.values());
        outcomes.clear();
        for (SourceQueue queue : sources.values()) {
            queue.active.end();
            unfinished.add(queue.active.outcome());
            for (Outgoing outgoing : queue.waiting) {
                if (outgoing instanceof Outgoing.Message message && message.outcome() != null) {
                    unfinished.add(message.outcome());
                } else if (outgoing instanceof Outgoing.Begin begin) {
                    unfinished.add(begin.message().outcome());
                }
            }
        }
        sources.clear();
        unfinished.forEach(outcome -> fail(outcome, cause));
    }

    private static RtcException notSent() {
        return new RtcException(ErrorName.OPERATION_ERROR, "the channel was closed before the message was delivered");
    }

    private static void fail(@Nullable CompletableFuture<Void> outcome, RtcException cause) {
        if (outcome != null) {
            outcome.completeExceptionally(cause);
        }
    }
}
