package io.github.purrtc;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.ClosedChannelException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;

/**
 * A data channel for threads that wait, virtual ones above all: whole messages by {@link #receive} and {@link #send}, or a stream of bytes
 * by {@link #read} and {@link #write}, each message a piece of it.
 *
 * <p>Thread-safe. It takes over the channel's listeners. A call waits at most as long as {@link #timeout} says, and then throws a
 * {@link SocketTimeoutException}; a thread that is interrupted gets an {@link InterruptedIOException} and stays interrupted. What is
 * received waits here up to 1 MiB (64 bytes for each message included), then in the connection's receive window. Not to be used on the
 * connection's event loop, which it would block.
 */
public final class BlockingDataChannel implements ByteChannel {
    private static final long MAX_WAITING_BYTES = 1 << 20;
    private static final long MAX_BUFFERED_BYTES = 1 << 20;
    /** What a message that waits costs besides its bytes: empty ones must not wait without end. */
    private static final int MESSAGE_BYTES = 64;

    private final DataChannel channel;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<DataChannelMessage> waiting = new ArrayDeque<>();
    private long waitingBytes;
    private boolean paused;
    private boolean open;
    private boolean ended;
    private @Nullable RtcException failure;
    /** What {@link #read} has left of a message. */
    private @Nullable ByteBuffer rest;

    private volatile @Nullable Duration timeout;

    /** A view of the channel, which may be open already or not yet. */
    public BlockingDataChannel(DataChannel channel) {
        this.channel = channel;
        channel.setBufferedAmountLowThreshold(MAX_BUFFERED_BYTES / 2);
        channel.onBufferedAmountLow(() -> change(() -> {}));
        channel.onOpen(() -> change(() -> open = true));
        channel.onClosing(() -> change(() -> {}));
        channel.onError(e -> change(() -> failure = e));
        channel.onClose(() -> change(() -> ended = true));
        channel.onMessage(this::onMessage);
        if (channel.readyState() == DataChannelState.OPEN) {
            change(() -> open = true);
        }
    }

    /** How long calls wait from now on; null: for ever, as they do at first. */
    public BlockingDataChannel timeout(@Nullable Duration value) {
        timeout = value;
        return this;
    }

    /** The channel that this is a view of. */
    public DataChannel channel() {
        return channel;
    }

    /** Waits until the channel is open. */
    public void awaitOpen() throws IOException {
        lock.lock();
        try {
            await(() -> open || ended);
            requireNotFailed();
            if (!open) {
                throw new ClosedChannelException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** The next message; null when the channel was closed and all was received. */
    public @Nullable DataChannelMessage receive() throws IOException {
        lock.lock();
        try {
            await(() -> !waiting.isEmpty() || ended);
            DataChannelMessage next = waiting.poll();
            if (next == null) {
                requireNotFailed();
                return null;
            }
            waitingBytes -= MESSAGE_BYTES + next.size();
            if (paused && waitingBytes <= MAX_WAITING_BYTES / 2) {
                paused = false;
                channel.resume();
            }
            return next;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Sends a message without copying it, once no more than 1 MiB of the channel's is under way: its bytes must not change until they
     * were acknowledged.
     *
     * @throws ClosedChannelException if the channel is closed or being closed, also while this waits
     * @throws RtcException as {@link DataChannel#send(DataChannelMessage)} does for other reasons
     */
    public void send(DataChannelMessage message) throws IOException {
        sendWithRoom(() -> channel.send(message));
    }

    /** Sends a text; waits and throws as {@link #send(DataChannelMessage)} does. */
    public void send(String text) throws IOException {
        sendWithRoom(() -> channel.send(text));
    }

    private void sendWithRoom(Runnable send) throws IOException {
        awaitRoom();
        try {
            send.run();
        } catch (RtcException e) {
            if (e.errorName() == ErrorName.INVALID_STATE_ERROR) {
                throw new ClosedChannelException();
            }
            throw e;
        }
    }

    private void awaitRoom() throws IOException {
        awaitOpen();
        lock.lock();
        try {
            await(() -> !isOpen() || channel.bufferedAmount() <= MAX_BUFFERED_BYTES);
            requireNotFailed();
            if (!isOpen()) {
                throw new ClosedChannelException();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Reads bytes of the next message, or of the one that was read in part; −1 when the channel was closed and all was read. */
    @Override
    public int read(ByteBuffer destination) throws IOException {
        if (!destination.hasRemaining()) {
            return 0;
        }
        lock.lock();
        try {
            ByteBuffer source = rest;
            while (source == null || !source.hasRemaining()) {
                DataChannelMessage next = receive();
                if (next == null) {
                    return -1;
                }
                source = next.data();
                rest = source;
            }
            int length = Math.min(source.remaining(), destination.remaining());
            destination.put(source.slice(source.position(), length));
            source.position(source.position() + length);
            return length;
        } finally {
            lock.unlock();
        }
    }

    /** Sends a copy of the bytes from position to limit as one binary message; waits and throws as {@link #send(DataChannelMessage)} does. */
    @Override
    public int write(ByteBuffer source) throws IOException {
        int length = source.remaining();
        sendWithRoom(() -> channel.send(source));
        source.position(source.limit());
        return length;
    }

    @Override
    public boolean isOpen() {
        return channel.readyState() == DataChannelState.OPEN;
    }

    /** Closes the channel once all that was sent is delivered; does not wait for that. */
    @Override
    public void close() {
        channel.close();
        change(() -> {});
    }

    private void onMessage(DataChannelMessage message) {
        change(() -> {
            waiting.add(message);
            waitingBytes += MESSAGE_BYTES + message.size();
            if (!paused && waitingBytes > MAX_WAITING_BYTES) {
                paused = true;
                channel.pause();
            }
        });
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    private void await(BooleanSupplier condition) throws IOException {
        Duration limit = timeout;
        long left = limit == null ? Long.MAX_VALUE : limit.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (left <= 0) {
                    throw new SocketTimeoutException(
                            "the data channel '" + channel.label() + "' had nothing for " + limit);
                }
                left = changed.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while waiting for a data channel");
        }
    }

    private void requireNotFailed() throws IOException {
        RtcException cause = failure;
        if (cause != null) {
            throw new IOException(cause);
        }
    }
}
