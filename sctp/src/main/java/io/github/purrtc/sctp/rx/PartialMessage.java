package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.internal.IntMap;
import io.github.purrtc.sctp.packet.DataFlags;
import org.jspecify.annotations.Nullable;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A message of which some fragments are here, numbered from 0 (RFC 8260 §2.1). What comes in order goes straight into its place, what comes
 * before its turn waits.
 */
final class PartialMessage {
    private static final byte[] NOTHING = {};

    final int streamId;
    final boolean unordered;
    private final int maxMessageSize;
    /** How it is handed out, if not as a whole. */
    private @Nullable HandOut parts;
    /** Whether it is the message's turn in its stream: then what is in its place may be handed out. */
    boolean deliverable;
    /** Whether it is among those of which something can be handed out. */
    boolean queued;

    private boolean ended;
    private byte[] content;
    private int length;
    private int ppid;
    private int nextFsn;
    private int highestFsn;
    private boolean endKnown;
    private @Nullable IntMap<byte[]> ahead;
    private int aheadBytes;

    /** @param expectedSize what is set aside for it at once */
    PartialMessage(int streamId, boolean unordered, int maxMessageSize, int expectedSize) {
        this.streamId = streamId;
        this.unordered = unordered;
        this.maxMessageSize = maxMessageSize;
        content = new byte[expectedSize];
    }

    /** It is handed out in parts, and may be of any size. */
    void handOutInParts(HandOut asParts) {
        parts = asParts;
    }

    boolean isInParts() {
        return parts != null;
    }

    /** Whether there is something to be handed out now. */
    boolean hasPart() {
        return parts != null && deliverable && length > 0 && !ended;
    }

    /** Hands out what is in its place. */
    void handOut() {
        if (parts != null) {
            parts.part(ppid, takeContent());
        }
    }

    /** It is given up, and its receiver told if there are parts of it. */
    void abandon() {
        ended = true;
        if (parts != null) {
            parts.abandon(ppid);
        }
    }

    /** Takes in a fragment; the answer is null, or which rule was broken. */
    @Nullable
    String add(int flags, int fsn, int ppid, ByteBuffer source, int offset, int count) {
        String violation = check(flags, fsn, count);
        if (violation != null) {
            return violation;
        }
        endKnown |= (flags & DataFlags.END) != 0;
        if (Integer.compareUnsigned(fsn, highestFsn) > 0) {
            highestFsn = fsn;
        }
        if (fsn == nextFsn) {
            if (fsn == 0) {
                this.ppid = ppid;
            }
            append(source, offset, count);
            takeAhead();
        } else {
            byte[] copy = new byte[count];
            source.get(offset, copy);
            if (ahead == null) {
                ahead = new IntMap<>();
            }
            ahead.put(fsn, copy);
            aheadBytes += count;
        }
        return null;
    }

    private @Nullable String check(int flags, int fsn, int count) {
        boolean ends = (flags & DataFlags.END) != 0;
        if (fsn == 0 && (flags & DataFlags.BEGINNING) == 0) {
            return "a first fragment that is not the beginning";
        }
        if (Integer.compareUnsigned(fsn, nextFsn) < 0 || (ahead != null && ahead.get(fsn) != null)) {
            return "a fragment of a message twice";
        }
        if (endKnown && (ends || Integer.compareUnsigned(fsn, highestFsn) > 0)) {
            return "a fragment behind the end of its message";
        }
        if (ends && Integer.compareUnsigned(fsn, highestFsn) < 0) {
            return "an end before other fragments of its message";
        }
        boolean tooLarge = parts == null && count > maxMessageSize - length - aheadBytes;
        return tooLarge ? "a message larger than the largest allowed" : null;
    }

    private void append(ByteBuffer source, int offset, int count) {
        reserve(count);
        source.get(offset, content, length, count);
        length += count;
        nextFsn++;
    }

    private void takeAhead() {
        for (byte[] next = removeAhead(); next != null; next = removeAhead()) {
            reserve(next.length);
            System.arraycopy(next, 0, content, length, next.length);
            length += next.length;
            aheadBytes -= next.length;
            nextFsn++;
        }
    }

    private byte @Nullable [] removeAhead() {
        return ahead == null || ahead.isEmpty() ? null : ahead.remove(nextFsn);
    }

    private void reserve(int count) {
        if (count > content.length - length) {
            long wanted = parts != null && length == 0
                    ? parts.expectedSize(count)
                    : Math.min(
                            2L * Math.max(content.length, count),
                            parts == null ? maxMessageSize : Integer.MAX_VALUE - 16);
            content = Arrays.copyOf(content, (int) Math.max(wanted, (long) length + count));
        }
    }

    boolean isWhole() {
        return endKnown && nextFsn == highestFsn + 1;
    }

    /** The bytes that are in their place. */
    int length() {
        return length;
    }

    /** The bytes that wait for those before them. */
    int aheadBytes() {
        return aheadBytes;
    }

    /** What it and the fragments that wait cost beside their bytes. */
    long overhead() {
        int waiting = ahead == null ? 0 : ahead.size();
        return (1L + waiting) * ReassemblyQueue.OVERHEAD;
    }

    /** Hands over a message that is whole, or what is left of it. */
    void take(ReadyMessages into) {
        ended = true;
        into.put(streamId, ppid, unordered, takeContent(), parts == null ? null : parts.rest());
    }

    private ByteBuffer takeContent() {
        ByteBuffer result = ReadyMessages.payload(content, length);
        content = NOTHING;
        length = 0;
        return result;
    }
}
