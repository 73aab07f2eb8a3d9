package io.github.purrtc;

import io.github.purrtc.ice.NetworkLoop;
import io.github.purrtc.sctp.SctpSendOptions;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Objects;
import java.util.OptionalInt;
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
    private static final Logger LOGGER = LoggerFactory.getLogger(DataChannel.class);

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
    private final Once<Runnable> open = new Once<>("open");
    private final Once<Runnable> closing = new Once<>("closing");
    private final Once<Runnable> closed = new Once<>("close");
    private final Once<Consumer<RtcException>> error = new Once<>("error");
    private @Nullable Consumer<DataChannelMessage> messageListener;
    private @Nullable Runnable bufferedAmountLowListener;
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
        this.id = id.orElse(-1);
        int maxRetransmits = options.maxRetransmits().orElse(-1);
        long lifetimeNanos = options.maxPacketLifeTime().isPresent()
                ? TimeUnit.MILLISECONDS.toNanos(options.maxPacketLifeTime().getAsInt())
                : -1;
        sendOptions = new SctpSendOptions(!options.ordered(), maxRetransmits, lifetimeNanos);
        orderedSendOptions = new SctpSendOptions(false, maxRetransmits, lifetimeNanos);
    }

    public String label() {
        return label;
    }

    public String protocol() {
        return options.protocol();
    }

    public boolean ordered() {
        return options.ordered();
    }

    /** In milliseconds. */
    public OptionalInt maxPacketLifeTime() {
        return options.maxPacketLifeTime();
    }

    public OptionalInt maxRetransmits() {
        return options.maxRetransmits();
    }

    public boolean negotiated() {
        return options.negotiated();
    }

    public DataChannelOptions.Priority priority() {
        return options.priority();
    }

    /** The id of the stream, once it is known: with the first answer for channels made before. */
    public OptionalInt id() {
        int value = id;
        return value < 0 ? OptionalInt.empty() : OptionalInt.of(value);
    }

    public DataChannelState readyState() {
        return Objects.requireNonNull(state.get());
    }

    /** The bytes of messages given to {@code send} that the peer has not acknowledged yet. */
    public long bufferedAmount() {
        return bufferedAmount.get();
    }

    public long bufferedAmountLowThreshold() {
        return bufferedAmountLowThreshold;
    }

    /** Sets the bytes at or below which {@link #onBufferedAmountLow} is called when {@link #bufferedAmount} falls to it. */
    public void setBufferedAmountLowThreshold(long bytes) {
        bufferedAmountLowThreshold = bytes;
    }

    /** Sends a text; throws as {@link #send(DataChannelMessage)} does. */
    public void send(String text) {
        send(true, ByteBuffer.wrap(Dcep.utf8(text)));
    }

    /** Sends a copy of the bytes; throws as {@link #send(DataChannelMessage)} does. */
    public void send(byte[] bytes) {
        requireOpen();
        send(false, ByteBuffer.wrap(bytes.clone()));
    }

    /** Sends a copy of the bytes from position to limit; throws as {@link #send(DataChannelMessage)} does. */
    public void send(ByteBuffer bytes) {
        requireOpen();
        send(
                false,
                ByteBuffer.allocate(bytes.remaining()).put(bytes.duplicate()).flip());
    }

    /**
     * Sends a message without copying it: its bytes must not change until they were acknowledged.
     *
     * @throws RtcException InvalidStateError, if the channel is not open; TypeError, if the message is larger than the peer
     *     takes; OperationError, if the send buffer is full
     */
    public void send(DataChannelMessage message) {
        send(message.isText(), message.data().duplicate());
    }

    private void send(boolean text, ByteBuffer payload) {
        requireOpen();
        int size = payload.remaining();
        MessageTransport transport = channels.transport();
        if (size > transport.maxMessageSize()) {
            throw new RtcException(
                    ErrorName.TYPE_ERROR,
                    "the message has " + size + " bytes, the peer takes at most " + transport.maxMessageSize());
        }
        if (size == 0) {
            // RFC 8831 §6.6: SCTP has no empty messages; one byte stands for it.
            transport.send(this, text ? PPID_STRING_EMPTY : PPID_BINARY_EMPTY, ByteBuffer.allocate(1), 0);
        } else {
            transport.send(this, text ? PPID_STRING : PPID_BINARY, payload, size);
        }
    }

    private void requireOpen() {
        DataChannelState current = readyState();
        if (current != DataChannelState.OPEN) {
            throw new RtcException(
                    ErrorName.INVALID_STATE_ERROR, "the data channel '" + label + "' is " + current + ", not open");
        }
    }

    public DataChannel onOpen(Runnable listener) {
        return inLoop(() -> open.set(listener));
    }

    /** Called with each message of the peer, in order if the channel is ordered. */
    public DataChannel onMessage(Consumer<DataChannelMessage> listener) {
        return inLoop(() -> {
            messageListener = listener;
            channels.resume();
        });
    }

    public DataChannel onBufferedAmountLow(Runnable listener) {
        return inLoop(() -> bufferedAmountLowListener = listener);
    }

    /** Called when the peer begins to close the channel. */
    public DataChannel onClosing(Runnable listener) {
        return inLoop(() -> closing.set(listener));
    }

    /** Called once, as the last of the channel's listeners. */
    public DataChannel onClose(Runnable listener) {
        return inLoop(() -> closed.set(listener));
    }

    public DataChannel onError(Consumer<RtcException> listener) {
        return inLoop(() -> error.set(listener));
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
        return state.get() == DataChannelState.OPEN && (paused || messageListener == null);
    }

    void becomeOpen() {
        state.compareAndSet(DataChannelState.CONNECTING, DataChannelState.OPEN);
    }

    /** Fires the open event, unless the channel was closed before. */
    void announceOpen() {
        if (state.get() == DataChannelState.OPEN) {
            open.fire(Runnable::run);
        }
    }

    /** webrtc-pc §6.2: a message that comes when the channel is not open is discarded. */
    void deliver(DataChannelMessage message) {
        Consumer<DataChannelMessage> listener = messageListener;
        if (listener != null && state.get() == DataChannelState.OPEN) {
            try {
                listener.accept(message);
            } catch (RuntimeException | Error e) {
                logFailure("message", e);
            }
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
            closing.fire(Runnable::run);
            return true;
        }
        return false;
    }

    void announceClosed(@Nullable RtcException cause) {
        if (state.getAndSet(DataChannelState.CLOSED) != DataChannelState.CLOSED) {
            if (cause != null) {
                error.fire(listener -> listener.accept(cause));
            }
            closed.fire(Runnable::run);
        }
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
            Runnable listener = bufferedAmountLowListener;
            long threshold = bufferedAmountLowThreshold;
            if (listener != null && after <= threshold && after + released > threshold) {
                tell("bufferedamountlow", listener);
            }
        }
    }

    private void tell(String event, Runnable listener) {
        try {
            listener.run();
        } catch (RuntimeException | Error e) {
            logFailure(event, e);
        }
    }

    private void logFailure(String event, Throwable e) {
        LOGGER.error("The {} listener of data channel '{}' failed", event, label, e);
    }

    @Override
    public String toString() {
        return "DataChannel[" + label + ", id=" + id + ", " + state + "]";
    }

    /** An event that comes once, and waits for its listener. */
    private final class Once<L> {
        private final String event;
        private @Nullable L listener;
        private @Nullable Consumer<L> waiting;

        Once(String event) {
            this.event = event;
        }

        void set(L listener) {
            this.listener = listener;
            Consumer<L> notification = waiting;
            if (notification != null) {
                waiting = null;
                tell(event, () -> notification.accept(listener));
            }
        }

        void fire(Consumer<L> notification) {
            L current = listener;
            if (current == null) {
                waiting = notification;
            } else {
                tell(event, () -> notification.accept(current));
            }
        }
    }
}
