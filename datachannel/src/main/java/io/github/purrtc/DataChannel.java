package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpSendOptions;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * A data channel: webrtc-pc §6.2, {@code RTCDataChannel}.
 *
 * <p>Thread-safe. Listeners run on the connection's event loop and must not block it; one that throws is logged and breaks
 * nothing. What happened before a listener was set is told to it when it is set, and messages wait for it: nothing is lost in
 * between. All channels of a connection share one receive window; a channel that is {@linkplain #pause paused}, or that has
 * messages and no listener, holds back the messages of the others too.
 */
public final class DataChannel {
    /** webrtc-pc §6.2: payload protocol identifiers of RFC 8831 §8. */
    static final int PPID_DCEP = 50;

    static final int PPID_STRING = 51;
    static final int PPID_BINARY = 53;
    static final int PPID_STRING_EMPTY = 56;
    static final int PPID_BINARY_EMPTY = 57;

    private final NetworkLoop loop;
    private final DataChannels channels;
    private final String label;
    private final DataChannelOptions options;
    private final SctpSendOptions sendOptions;
    private final SctpSendOptions orderedSendOptions;

    private final AtomicReference<DataChannelState> state = new AtomicReference<>(DataChannelState.CONNECTING);
    private final AtomicLong bufferedAmount = new AtomicLong();
    private volatile long bufferedAmountLowThreshold;
    private volatile int id;

    // The rest belongs to the loop.
    private final ChannelListeners listeners;
    private final ChannelTraffic traffic = new ChannelTraffic();
    private boolean paused;
    private final EnumSet<Direction> resetDirections = EnumSet.noneOf(Direction.class);
    /** Why the channel is being closed, if not by anybody's wish. */
    private @Nullable RtcException failure;

    private Establishment establishment;
    /** Bytes that the association had of this channel when it was last looked at. */
    private long inAssociation;

    /** How far the peer knows of the channel: RFC 8832 §6. */
    enum Establishment {
        /** DATA_CHANNEL_OPEN was not sent yet. */
        LOCAL,
        /** It was sent: user messages go ordered until the peer is known to have got it. */
        OPEN_SENT,
        CONFIRMED
    }

    enum Direction {
        INCOMING,
        OUTGOING
    }

    DataChannel(
            NetworkLoop loop,
            DataChannels channels,
            String label,
            DataChannelOptions options,
            Establishment establishment,
            OptionalInt id) {
        this.loop = loop;
        this.channels = channels;
        this.label = label;
        this.options = options;
        this.establishment = establishment;
        listeners = new ChannelListeners(label);
        this.id = id.orElse(-1);
        int maxRetransmits = options.maxRetransmits().orElse(-1);
        long lifetimeNanos = options.maxPacketLifeTime().isPresent()
                ? TimeUnit.MILLISECONDS.toNanos(options.maxPacketLifeTime().getAsInt())
                : -1;
        sendOptions = new SctpSendOptions(!options.ordered(), maxRetransmits, lifetimeNanos);
        orderedSendOptions = new SctpSendOptions(false, maxRetransmits, lifetimeNanos);
    }

    /** What the channel was called by the side that made it: webrtc-pc §6.2. */
    public String label() {
        return label;
    }

    /** The protocol that the channel speaks; empty if none was named. */
    public String protocol() {
        return options.protocol();
    }

    /** Whether messages are delivered in the order in which they were sent. */
    public boolean ordered() {
        return options.ordered();
    }

    /** In milliseconds. */
    public OptionalInt maxPacketLifeTime() {
        return options.maxPacketLifeTime();
    }

    /** How often a message may be retransmitted; empty: for ever. */
    public OptionalInt maxRetransmits() {
        return options.maxRetransmits();
    }

    /** Whether both sides made the channel by themselves, with the same {@link #id}. */
    public boolean negotiated() {
        return options.negotiated();
    }

    /** The weight against other channels of the connection. */
    public DataChannelOptions.Priority priority() {
        return options.priority();
    }

    /** The id of the stream, once it is known: with the first answer for channels made before. */
    public OptionalInt id() {
        int value = id;
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    /** The state of the channel: webrtc-pc §6.2. */
    public DataChannelState readyState() {
        return channels.isConnectionClosed() ? DataChannelState.CLOSED : Objects.requireNonNull(state.get());
    }

    /** The bytes of messages given to {@code send} that the peer has not acknowledged yet. */
    public long bufferedAmount() {
        return bufferedAmount.get();
    }

    /** The bytes at or below which {@link #onBufferedAmountLow} is called; 0 at first. */
    public long bufferedAmountLowThreshold() {
        return bufferedAmountLowThreshold;
    }

    /** Sets the bytes at or below which {@link #onBufferedAmountLow} is called when {@link #bufferedAmount} falls to it. */
    public void setBufferedAmountLowThreshold(long bytes) {
        bufferedAmountLowThreshold = bytes;
    }

    /** Sends a text; throws as {@link #send(DataChannelMessage)} does. */
    public void send(String text) {
        send(true, ByteBuffer.wrap(Dcep.utf8(text)), null);
    }

    /** Sends a copy of the bytes; throws as {@link #send(DataChannelMessage)} does. */
    public void send(byte[] bytes) {
        requireOpen();
        send(false, ByteBuffer.wrap(bytes.clone()), null);
    }

    /** Sends a copy of the bytes from position to limit; throws as {@link #send(DataChannelMessage)} does. */
    public void send(ByteBuffer bytes) {
        requireOpen();
        send(
                false,
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip(),
                null);
    }

    /**
     * Sends a message without copying it: its bytes must not change until they were acknowledged.
     *
     * @throws RtcException InvalidStateError, if the channel is not open; TypeError, if the message is larger than the peer
     *     takes; OperationError, if the send buffer is full
     */
    public void send(DataChannelMessage message) {
        send(message.isText(), message.data(), null);
    }

    /**
     * Sends a message as {@link #send(DataChannelMessage)} does, and tells when the peer has got it.
     *
     * @return ends, on the connection's event loop, when the peer's SCTP has acknowledged the message; with an {@link RtcException},
     *     OperationError, when the message was given up because the channel is partially reliable, or the channel ended before
     */
    public CompletionStage<Void> sendAcknowledged(DataChannelMessage message) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        send(message.isText(), message.data(), outcome);
        return outcome;
    }

    /**
     * Sends one binary message whose bytes come from a source, and which may be of any size that the peer takes: it need not be known
     * in advance, nor fit in memory. No more is asked of the source than the send buffer has room for, and what the peer has
     * acknowledged is let go of. Messages sent on this channel later wait for its end; {@link #close} does too.
     *
     * <p>The source is subscribed to, and asked for parts, on the connection's event loop or on its own threads: one that has to wait for
     * its bytes, as for a disk's, must do so on a thread of its own, as a {@link java.util.concurrent.SubmissionPublisher} does. What it
     * publishes must not change any more; empty parts are left out. A peer that does not interleave messages (RFC 8260) gets nothing on
     * the other channels between the first and the last part.
     *
     * @return ends, on the event loop, when the peer has acknowledged the whole message; with an {@link RtcException}: TypeError,
     *     when it became larger than the peer takes; OperationError, when the source failed, the message was given up because the channel
     *     is partially reliable, or the channel ended before. The source is cancelled then, and the peer discards what it has
     * @throws RtcException InvalidStateError, if the channel is not open
     */
    public CompletionStage<Void> sendBinary(Flow.Publisher<? extends ByteBuffer> source) {
        return send(false, source);
    }

    /** Sends one text whose UTF-8 comes from a source, else as {@link #sendBinary}. */
    public CompletionStage<Void> sendText(Flow.Publisher<? extends ByteBuffer> source) {
        return send(true, source);
    }

    private CompletionStage<Void> send(boolean text, Flow.Publisher<? extends ByteBuffer> source) {
        requireOpen();
        MessageTransport transport = channels.transport();
        StreamedMessage message = new StreamedMessage(this, text, source, transport);
        transport.submit(new Outgoing.Begin(message));
        return message.outcome();
    }

    private void send(boolean text, ByteBuffer payload, @Nullable CompletableFuture<Void> outcome) {
        requireOpen();
        int size = payload.remaining();
        MessageTransport transport = channels.transport();
        if (size > transport.maxMessageSize()) {
            throw new RtcException(
                    ErrorName.TYPE_ERROR,
                    "the message has " + size + " bytes, the peer takes at most " + transport.maxMessageSize());
        }
        // RFC 8831 §6.6: SCTP has no empty messages; one byte stands for it.
        ByteBuffer sent = size == 0 ? ByteBuffer.allocate(1) : payload;
        transport.send(this, payloadProtocolId(text, size == 0), sent, size, outcome);
    }

    static int payloadProtocolId(boolean text, boolean empty) {
        if (empty) {
            return text ? PPID_STRING_EMPTY : PPID_BINARY_EMPTY;
        }
        return text ? PPID_STRING : PPID_BINARY;
    }

    private void requireOpen() {
        DataChannelState current = readyState();
        if (current != DataChannelState.OPEN) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, "the data channel '" + label + "' is " + current + ", not open");
        }
    }

    /** Called once, when messages can be sent. */
    public DataChannel onOpen(Runnable listener) {
        return inLoop(() -> listeners.open.set(listener));
    }

    /** Called with each message of the peer, in order if the channel is ordered. Replaces {@link #onMessagePart}. */
    public DataChannel onMessage(Consumer<DataChannelMessage> listener) {
        return inLoop(() -> {
            listeners.setMessage(listener);
            channels.receiveInParts(this);
            channels.resume();
        });
    }

    /**
     * Called with messages of the peer as they arrive, part by part, so that they may be of any size: what counts as received is what
     * was not handed over yet. The parts of a message come in order; where the channel is not ordered, those of others may come
     * between. A message that arrives as a whole comes as one part. Replaces {@link #onMessage}; a message that has begun in parts
     * goes on in parts.
     *
     * <p>The peer sends messages larger than {@link Configuration#maxMessageSize} when it is told that it may:
     * {@link Configuration.Builder#messagesOfAnySize}.
     */
    public DataChannel onMessagePart(Consumer<DataChannelMessagePart> listener) {
        return inLoop(() -> {
            listeners.setMessagePart(listener);
            channels.receiveInParts(this);
            channels.resume();
        });
    }

    /** Called when {@link #bufferedAmount} has fallen to {@link #bufferedAmountLowThreshold} or below. */
    public DataChannel onBufferedAmountLow(Runnable listener) {
        return inLoop(() -> listeners.bufferedAmountLow = listener);
    }

    /** Called when the peer begins to close the channel. */
    public DataChannel onClosing(Runnable listener) {
        return inLoop(() -> listeners.closing.set(listener));
    }

    /** Called once, as the last of the channel's listeners. */
    public DataChannel onClose(Runnable listener) {
        return inLoop(() -> listeners.closed.set(listener));
    }

    /** Called when the channel ends by a failure, before {@link #onClose}. */
    public DataChannel onError(Consumer<RtcException> listener) {
        return inLoop(() -> listeners.error.set(listener));
    }

    /** Stops taking messages: when the connection's receive window is full, the sender stops. */
    public void pause() {
        inLoop(() -> paused = true);
    }

    /** Goes on taking messages. */
    public void resume() {
        inLoop(() -> {
            paused = false;
            channels.resume();
        });
    }

    /** Delivers what was sent, then closes both directions: RFC 8831 §6.7. */
    public void close() {
        DataChannelState before = state.getAndUpdate(s -> s == DataChannelState.CLOSED ? s : DataChannelState.CLOSING);
        if (before == DataChannelState.CONNECTING || before == DataChannelState.OPEN) {
            inLoop(() -> channels.onLocalClose(this));
        }
    }

    private DataChannel inLoop(Runnable task) {
        if (loop.inLoop()) {
            task.run();
        } else {
            loop.execute(task);
        }
        return this;
    }

    // From here on: the loop's.

    int streamId() {
        return id;
    }

    void assignId(int id) {
        this.id = id;
    }

    DataChannelOptions options() {
        return options;
    }

    Establishment establishment() {
        return establishment;
    }

    void setEstablishment(Establishment establishment) {
        this.establishment = establishment;
    }

    /** RFC 8832 §6: ordered until the peer is known to have got DATA_CHANNEL_OPEN. */
    SctpSendOptions sendOptions() {
        return establishment == Establishment.CONFIRMED ? sendOptions : orderedSendOptions;
    }

    /** Whether messages must wait: the channel is paused, or nobody listens yet. */
    boolean holdsMessages() {
        return state.get() == DataChannelState.OPEN && (paused || !listeners.takesMessages());
    }

    void becomeOpen() {
        if (state.compareAndSet(DataChannelState.CONNECTING, DataChannelState.OPEN)) {
            traffic.wasOpen = true;
            channels.onOpened();
        }
    }

    /** Fires the open event, unless the channel was closed before. */
    void announceOpen() {
        if (state.get() == DataChannelState.OPEN) {
            listeners.open.fire(Runnable::run);
        }
    }

    /** Whether messages are to come in parts. */
    boolean takesParts() {
        return listeners.prefersParts();
    }

    /** webrtc-pc §6.2: a message that comes when the channel is not open is discarded. */
    void deliver(DataChannelMessage message) {
        if (state.get() == DataChannelState.OPEN) {
            traffic.received(message.size(), true);
            listeners.deliver(message);
        }
    }

    void deliver(DataChannelMessagePart part) {
        if (state.get() == DataChannelState.OPEN) {
            traffic.received(part.data().remaining(), part.position() == DataChannelMessagePart.Position.LAST);
            listeners.deliver(part);
        }
    }

    /** A direction was reset; returns whether both are now, and the channel is closed with that. */
    boolean onReset(Direction direction) {
        resetDirections.add(direction);
        return resetDirections.size() == Direction.values().length;
    }

    void setFailure(RtcException failure) {
        this.failure = failure;
    }

    @Nullable
    RtcException failure() {
        return failure;
    }

    /** The peer closes: RFC 8831 §6.7. Returns false if closing had begun already. */
    boolean announceClosing() {
        DataChannelState before = state.getAndUpdate(s -> s == DataChannelState.CLOSED ? s : DataChannelState.CLOSING);
        if (before == DataChannelState.CONNECTING || before == DataChannelState.OPEN) {
            listeners.closing.fire(Runnable::run);
            return true;
        }
        return false;
    }

    void announceClosed(@Nullable RtcException cause) {
        if (state.getAndSet(DataChannelState.CLOSED) != DataChannelState.CLOSED) {
            if (traffic.wasOpen) {
                channels.onClosed();
            }
            if (cause != null) {
                listeners.error.fire(listener -> listener.accept(cause));
            }
            listeners.closed.fire(Runnable::run);
        }
    }

    ChannelTraffic traffic() {
        return traffic;
    }

    RtcStats.DataChannel stats(Instant now) {
        return new RtcStats.DataChannel(
                "D" + System.identityHashCode(this),
                now,
                label,
                protocol(),
                id < 0 ? null : id,
                readyState().toString(),
                traffic.messagesSent,
                traffic.bytesSent,
                traffic.messagesReceived,
                traffic.bytesReceived);
    }

    /** Called by the sender's thread. */
    void account(int bytes) {
        bufferedAmount.addAndGet(bytes);
    }

    /** The association has got {@code bytes} more; returns whether it had none before. */
    boolean handedOver(int bytes) {
        boolean first = inAssociation == 0;
        inAssociation += bytes;
        return first;
    }

    /** Follows the association, which has {@code now} bytes. */
    void refreshBufferedAmount(long now) {
        long released = inAssociation - now;
        inAssociation = now;
        if (released > 0) {
            long after = bufferedAmount.addAndGet(-released);
            Runnable listener = listeners.bufferedAmountLow;
            long threshold = bufferedAmountLowThreshold;
            if (listener != null && after <= threshold && after + released > threshold) {
                listeners.tell("bufferedamountlow", listener);
            }
        }
    }

    @Override
    public String toString() {
        return "DataChannel[" + label + ", id=" + id + ", " + state + "]";
    }
}
