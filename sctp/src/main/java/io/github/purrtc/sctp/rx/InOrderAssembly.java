package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.packet.DataFlags;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * The message that is being put together at the Cumulative TSN Ack Point. Without I-DATA the fragments of a message have TSNs in a row
 * (RFC 9260 §6.9), so there is at most one, and its fragments go straight into its array.
 */
final class InOrderAssembly {
    private enum State {
        /** Between two messages. */
        BETWEEN,
        /** A message has begun. */
        OPEN,
        /** FORWARD TSN took away the beginning of a message: what is left of it may still arrive. */
        SKIPPING
    }

    private static final byte[] NOTHING = {};
    private static final int MAX_GUESS = 1 << 20;

    private final int maxMessageSize;
    private State state = State.BETWEEN;
    private byte[] content = NOTHING;
    private int length;
    private int streamId;
    private int ssn;
    private int ppid;
    private boolean unordered;
    private int lastMessageLength;
    /** How the message is handed out, if not as a whole. */
    private @Nullable HandOut parts;

    private @Nullable String violation;

    InOrderAssembly(int maxMessageSize) {
        this.maxMessageSize = maxMessageSize;
    }

    /**
     * Takes the next fragment in the order of TSNs; true when it ends a message, whose parts the accessors then give, or when the peer
     * broke the rules, which {@link #violation} tells.
     *
     * @param asParts how a message that begins with it is handed out; null: as a whole
     */
    boolean add(
            int flags,
            int streamId,
            int ssn,
            int ppid,
            ByteBuffer source,
            int offset,
            int count,
            @Nullable HandOut asParts) {
        boolean begins = (flags & DataFlags.BEGINNING) != 0;
        boolean ends = (flags & DataFlags.END) != 0;
        if (begins) {
            if (state == State.OPEN) {
                return fail("a message begins within another");
            }
            begin(flags, streamId, ssn, ppid, asParts);
            content = ends ? new byte[count] : content;
        } else if (state == State.SKIPPING) {
            state = ends ? State.BETWEEN : State.SKIPPING;
            return false;
        } else if (state == State.BETWEEN) {
            return fail("a fragment without the beginning of its message");
        } else if (!belongs(flags, streamId, ssn, ppid)) {
            return fail("a fragment of another message within a message");
        }
        if (parts == null && count > maxMessageSize - length) {
            return fail("a message larger than the largest allowed");
        }
        append(source, offset, count);
        if (ends) {
            state = State.BETWEEN;
            lastMessageLength = length;
        }
        return ends;
    }

    /** A TSN at the point was part of a message that is complete already; true when that cannot be. */
    boolean addConsumed() {
        return state == State.OPEN && fail("a message within another");
    }

    /** Gives up what is open, and whatever may still come of it. */
    void skip() {
        abandonParts();
        state = State.SKIPPING;
        length = 0;
        content = NOTHING;
    }

    private void abandonParts() {
        if (state == State.OPEN && parts != null) {
            parts.abandon(ppid);
        }
        parts = null;
    }

    boolean isOpen() {
        return state == State.OPEN;
    }

    boolean isInParts() {
        return state == State.OPEN && parts != null;
    }

    /** The message that has begun is handed out in parts from now on. */
    void handOutInParts(HandOut asParts) {
        parts = asParts;
    }

    /** Hands out what is here of a message that is handed out in parts. */
    void handOut() {
        if (isInParts() && length > 0 && parts != null) {
            parts.part(ppid, takeContent());
        }
    }

    @Nullable
    String violation() {
        return violation;
    }

    /** How much of an unfinished message is here. */
    int openLength() {
        return state == State.OPEN ? length : 0;
    }

    int streamId() {
        return streamId;
    }

    int ssn() {
        return ssn;
    }

    int ppid() {
        return ppid;
    }

    boolean unordered() {
        return unordered;
    }

    /** Hands over the message that was completed, or the last part of it. */
    void take(ReadyMessages into) {
        into.put(streamId, ppid, unordered, takeContent(), parts == null ? null : parts.rest());
        parts = null;
    }

    private ByteBuffer takeContent() {
        ByteBuffer result = ReadyMessages.payload(content, length);
        content = NOTHING;
        length = 0;
        return result;
    }

    private void begin(int flags, int streamId, int ssn, int ppid, @Nullable HandOut asParts) {
        state = State.OPEN;
        this.streamId = streamId;
        this.ssn = ssn;
        this.ppid = ppid;
        unordered = (flags & DataFlags.UNORDERED) != 0;
        parts = asParts;
        content = NOTHING;
        length = 0;
    }

    /** Messages are often as long as the one before; a wrong guess costs a copy. */
    private int guess(int firstFragment) {
        int guess = Math.min(lastMessageLength, MAX_GUESS);
        return guess > firstFragment ? guess : Math.min(4 * firstFragment, Math.max(maxMessageSize, firstFragment));
    }

    private boolean belongs(int flags, int streamId, int ssn, int ppid) {
        return streamId == this.streamId
                && ppid == this.ppid
                && unordered == ((flags & DataFlags.UNORDERED) != 0)
                && (unordered || ssn == this.ssn);
    }

    private void append(ByteBuffer source, int offset, int count) {
        if (parts != null && count > HandOut.PART_SIZE - length) {
            handOut();
        }
        if (count > content.length - length) {
            content = length == 0 ? new byte[firstCapacity(count)] : Arrays.copyOf(content, doubledCapacity(count));
        }
        source.get(offset, content, length, count);
        length += count;
    }

    private int firstCapacity(int count) {
        return parts == null ? guess(count) : parts.expectedSize(count);
    }

    private int doubledCapacity(int count) {
        int limit = parts == null ? maxMessageSize : HandOut.PART_SIZE;
        return (int) Math.max(Math.min(2L * content.length, limit), (long) length + count);
    }

    private boolean fail(String reason) {
        violation = reason;
        return true;
    }
}
