package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFlags;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;

/**
 * The messages that are being put together of I-DATA: any number side by side, told apart by stream, kind and Message Identifier (RFC 8260
 * §2.1). The order of whole messages is not its concern.
 */
final class InterleavedAssembly {
    /** How far Message Identifiers may run ahead of the highest that was given up before that one is moved along: they wrap. */
    private static final int MAX_DISTANCE = 1 << 30;

    private static final int MAX_GUESS = 1 << 20;

    /** What a fragment says that is a whole message. */
    private static final int SINGLE = DataFlags.BEGINNING | DataFlags.END;

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
    private long freeBytes;
    private long limit;

    /** Messages of which something can be handed out, in the order in which that came to be so. */
    private final ArrayDeque<PartialMessage> partial = new ArrayDeque<>(0);

    private long openBytes;
    /** Those of messages that are handed out in parts: they count as any that are not taken. */
    private long partBytes;

    private long aheadBytes;
    private long overhead;
    private int lastMessageSize;
    private @Nullable String violation;

    InterleavedAssembly(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    /**
     * @param receiveWindow unfinished messages count as half of it at most, else those that together are larger than it never ended
     * @param unfinishedLimit what of them is more than that and the largest message counts in full
     */
    void setWindow(long receiveWindow, long unfinishedLimit) {
        freeBytes = receiveWindow / 2;
        limit = unfinishedLimit + maxMessageSize;
    }

    @Nullable
    String violation() {
        return violation;
    }

    long heldBytes() {
        return aheadBytes + partBytes + Math.min(openBytes, freeBytes) + Math.max(0, openBytes - limit);
    }

    /** What messages that have begun, and fragments that wait, cost beside their bytes. */
    long overhead() {
        return overhead;
    }

    /**
     * Takes in a fragment; true when a message is whole with it.
     *
     * @param deliverable whether it is the message's turn in its stream
     * @param parts who takes the message in parts; null: it is handed out as a whole
     * @param whole where the message that is whole is put, or the rest of one of which parts were handed out
     */
    boolean add(
            int flags,
            int streamId,
            int mid,
            int fsn,
            int ppid,
            ByteBuffer source,
            int offset,
            int count,
            boolean deliverable,
            HandOut.@Nullable Receiver parts,
            ReadyMessages whole) {
        boolean unordered = (flags & DataFlags.UNORDERED) != 0;
        Stream stream = streams.get(streamId);
        if (stream != null && unordered && stream.skipped && isUseless(stream, mid)) {
            return false;
        }
        IntMap<PartialMessage> messages = stream == null ? null : stream.messages(unordered);
        PartialMessage message = messages == null ? null : messages.get(mid);
        if (message == null && (flags & SINGLE) == SINGLE) {
            return single(streamId, ppid, unordered, source, offset, count, whole);
        }
        if (message == null) {
            message = begin(streamId, unordered, mid, deliverable, parts);
        }
        account(message, -1);
        violation = message.add(flags, fsn, ppid, source, offset, count);
        account(message, 1);
        if (violation != null) {
            return false;
        }
        if (message.isWhole()) {
            lastMessageSize = message.length();
            remove(streamId, unordered, mid);
            message.take(whole);
            return true;
        }
        offer(message);
        return false;
    }

    /** What is in its place is handed out when there is a part's worth, or someone asks. */
    private void offer(PartialMessage message) {
        if (message.hasPart()) {
            if (message.length() >= HandOut.PART_SIZE) {
                handOut(message);
            } else if (!message.queued) {
                message.queued = true;
                partial.add(message);
            }
        }
    }

    private void handOut(PartialMessage message) {
        account(message, -1);
        message.handOut();
        account(message, 1);
    }

    /** Whether there are parts that can be handed out. */
    boolean hasParts() {
        for (PartialMessage first = partial.peek(); first != null; first = partial.peek()) {
            if (first.hasPart()) {
                return true;
            }
            first.queued = false;
            partial.remove();
        }
        return false;
    }

    /** Hands out a part, if there is any. */
    void handOutNext() {
        if (hasParts()) {
            PartialMessage next = partial.remove();
            next.queued = false;
            handOut(next);
        }
    }

    /** It is that ordered message's turn now. */
    void makeDeliverable(int streamId, int mid) {
        Stream stream = streams.get(streamId);
        PartialMessage message = stream == null || stream.ordered == null ? null : stream.ordered.get(mid);
        if (message != null) {
            message.deliverable = true;
            offer(message);
        }
    }

    /** The stream's messages are handed out in parts from now on, also those that have begun. */
    void handOutInParts(int streamId, int nextMid, HandOut.Receiver receiver) {
        Stream stream = streams.get(streamId);
        if (stream != null) {
            handOutInParts(stream.unordered, receiver);
            handOutInParts(stream.ordered, receiver);
            makeDeliverable(streamId, nextMid);
        }
    }

    private void handOutInParts(@Nullable IntMap<PartialMessage> messages, HandOut.Receiver receiver) {
        if (messages == null) {
            return;
        }
        for (int mid : messages.keys()) {
            PartialMessage message = messages.get(mid);
            if (message != null && !message.isInParts()) {
                account(message, -1);
                message.handOutInParts(new HandOut(receiver, message.streamId, message.unordered));
                account(message, 1);
                offer(message);
            }
        }
    }

    private void account(PartialMessage message, int sign) {
        if (message.isInParts()) {
            partBytes += (long) sign * message.length();
        } else {
            openBytes += (long) sign * message.length();
        }
        aheadBytes += (long) sign * message.aheadBytes();
        overhead += sign * message.overhead();
    }

    private boolean single(
            int streamId, int ppid, boolean unordered, ByteBuffer source, int offset, int count, ReadyMessages whole) {
        if (count > maxMessageSize) {
            violation = "a message larger than the largest allowed";
            return false;
        }
        byte[] content = new byte[count];
        source.get(offset, content);
        whole.put(streamId, ppid, unordered, ByteBuffer.wrap(content), null);
        return true;
    }

    private static boolean isUseless(Stream stream, int mid) {
        int distance = mid - stream.skippedMid;
        if (distance > MAX_DISTANCE) {
            stream.skippedMid = mid - MAX_DISTANCE;
        }
        return distance <= 0;
    }

    private PartialMessage begin(
            int streamId, boolean unordered, int mid, boolean deliverable, HandOut.@Nullable Receiver parts) {
        Stream stream = stream(streamId);
        IntMap<PartialMessage> messages = stream.messages(unordered);
        if (messages == null) {
            messages = new IntMap<>();
            stream.set(unordered, messages);
        }
        int expected = parts == null ? expectedSize() : 0;
        PartialMessage message = new PartialMessage(streamId, unordered, maxMessageSize, expected);
        message.deliverable = deliverable;
        if (parts != null) {
            message.handOutInParts(new HandOut(parts, streamId, unordered));
        }
        messages.put(mid, message);
        account(message, 1);
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
                    giveUp(messages.get(open));
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
                giveUp(messages.get(mid));
                release(messages.remove(mid));
            }
        }
    }

    private static void giveUp(@Nullable PartialMessage message) {
        if (message != null) {
            message.abandon();
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
            account(message, -1);
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
