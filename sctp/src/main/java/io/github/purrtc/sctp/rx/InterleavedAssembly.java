package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFlags;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;

/**
 * The messages that are being put together of I-DATA: any number side by side, told apart by stream, kind and Message Identifier (RFC 8260
 * §2.1). The order of whole messages is not its concern.
 */
final class InterleavedAssembly {
    /** How far Message Identifiers may run ahead of the highest that was given up before that one is moved along: they wrap. */
    private static final int MAX_DISTANCE = 1 << 30;

    private static final int MAX_GUESS = 1 << 20;

    private static final class Stream {
        @Nullable
        IntMap<PartialMessage> ordered;

        @Nullable
        IntMap<PartialMessage> unordered;
        /** Whether unordered messages were given up, and up to which: what still comes of them is of no use. */
        boolean skipped;

        int skippedMid;

        @Nullable
        IntMap<PartialMessage> messages(boolean ofUnordered) {
            return ofUnordered ? unordered : ordered;
        }

        void set(boolean ofUnordered, @Nullable IntMap<PartialMessage> messages) {
            if (ofUnordered) {
                unordered = messages;
            } else {
                ordered = messages;
            }
        }
    }

    private final IntMap<Stream> streams = new IntMap<>();
    private final int maxMessageSize;
    private final long freeBytes;
    private final long limit;

    private long openBytes;
    private long overhead;
    private int lastMessageSize;
    private @Nullable String violation;

    /**
     * @param receiveWindow unfinished messages count as half of it at most, else those that together are larger than it never ended; but what
     *     of them is more than the window and the largest message counts in full
     */
    InterleavedAssembly(int maxMessageSize, long receiveWindow) {
        this.maxMessageSize = maxMessageSize;
        freeBytes = receiveWindow / 2;
        limit = receiveWindow + maxMessageSize;
    }

    @Nullable
    String violation() {
        return violation;
    }

    long heldBytes() {
        return overhead + Math.min(openBytes, freeBytes) + Math.max(0, openBytes - limit);
    }

    /** Takes in a fragment; the message that is whole with it, or null. */
    @Nullable
    SctpMessage add(int flags, int streamId, int mid, int fsn, int ppid, ByteBuffer source, int offset, int count) {
        boolean unordered = (flags & DataFlags.UNORDERED) != 0;
        Stream stream = streams.get(streamId);
        if (stream != null && unordered && stream.skipped && isUseless(stream, mid)) {
            return null;
        }
        IntMap<PartialMessage> messages = stream == null ? null : stream.messages(unordered);
        PartialMessage message = messages == null ? null : messages.get(mid);
        int whole = DataFlags.BEGINNING | DataFlags.END;
        if (message == null && (flags & whole) == whole) {
            return single(streamId, ppid, unordered, source, offset, count);
        }
        if (message == null) {
            message = begin(streamId, unordered, mid);
        }
        openBytes -= message.length();
        overhead -= message.overhead();
        violation = message.add(flags, fsn, ppid, source, offset, count);
        openBytes += message.length();
        overhead += message.overhead();
        if (violation != null || !message.isWhole()) {
            return null;
        }
        lastMessageSize = message.length();
        remove(streamId, unordered, mid);
        return new SctpMessage(streamId, message.ppid(), unordered, message.take());
    }

    private @Nullable SctpMessage single(
            int streamId, int ppid, boolean unordered, ByteBuffer source, int offset, int count) {
        if (count > maxMessageSize) {
            violation = "a message larger than the largest allowed";
            return null;
        }
        byte[] content = new byte[count];
        source.get(offset, content);
        return new SctpMessage(streamId, ppid, unordered, ByteBuffer.wrap(content));
    }

    private static boolean isUseless(Stream stream, int mid) {
        int distance = mid - stream.skippedMid;
        if (distance > MAX_DISTANCE) {
            stream.skippedMid = mid - MAX_DISTANCE;
        }
        return distance <= 0;
    }

    private PartialMessage begin(int streamId, boolean unordered, int mid) {
        Stream stream = stream(streamId);
        IntMap<PartialMessage> messages = stream.messages(unordered);
        if (messages == null) {
            messages = new IntMap<>();
            stream.set(unordered, messages);
        }
        PartialMessage message = new PartialMessage(maxMessageSize, expectedSize());
        messages.put(mid, message);
        overhead += message.overhead();
        return message;
    }

    /** Messages are often as long as the one before. Only one that is alone is guessed at: a guess each would be memory for a peer to take. */
    private int expectedSize() {
        return overhead == 0 ? Math.min(lastMessageSize, MAX_GUESS) : 0;
    }

    /** RFC 8260 §2.3.1: the messages of that kind up to {@code mid} were given up. */
    void skip(int streamId, boolean unordered, int mid) {
        if (unordered) {
            Stream stream = stream(streamId);
            if (!stream.skipped || mid - stream.skippedMid > 0) {
                stream.skipped = true;
                stream.skippedMid = mid;
            }
        }
        Stream stream = streams.get(streamId);
        IntMap<PartialMessage> messages = stream == null ? null : stream.messages(unordered);
        if (messages != null) {
            for (int open : messages.keys()) {
                if (open - mid <= 0) {
                    remove(streamId, unordered, open);
                }
            }
        }
    }

    /** The stream begins anew: RFC 6525 §5.2.2. */
    void restart(int streamId) {
        Stream stream = streams.remove(streamId);
        if (stream != null) {
            forget(stream.ordered);
            forget(stream.unordered);
        }
    }

    void restartAll() {
        for (int streamId : streams.keys()) {
            restart(streamId);
        }
    }

    private void forget(@Nullable IntMap<PartialMessage> messages) {
        if (messages != null) {
            for (int mid : messages.keys()) {
                release(messages.remove(mid));
            }
        }
    }

    private void remove(int streamId, boolean unordered, int mid) {
        Stream stream = streams.get(streamId);
        IntMap<PartialMessage> messages = stream == null ? null : stream.messages(unordered);
        if (stream == null || messages == null) {
            return;
        }
        release(messages.remove(mid));
        if (messages.isEmpty()) {
            stream.set(unordered, null);
            if (!stream.skipped && stream.ordered == null && stream.unordered == null) {
                streams.remove(streamId);
            }
        }
    }

    private void release(@Nullable PartialMessage message) {
        if (message != null) {
            openBytes -= message.length();
            overhead -= message.overhead();
        }
    }

    private Stream stream(int streamId) {
        Stream stream = streams.get(streamId);
        if (stream == null) {
            stream = new Stream();
            streams.put(streamId, stream);
        }
        return stream;
    }
}
