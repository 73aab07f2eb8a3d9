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
    private final int maxMessageSize;
    private byte[] content;
    private int length;
    private int ppid;
    private int nextFsn;
    private int highestFsn;
    private boolean endKnown;
    private @Nullable IntMap<byte[]> ahead;
    private int aheadBytes;

    /** @param expectedSize what is set aside for it at once */
    PartialMessage(int maxMessageSize, int expectedSize) {
        this.maxMessageSize = maxMessageSize;
        content = new byte[expectedSize];
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
        return count > maxMessageSize - length - aheadBytes ? "a message larger than the largest allowed" : null;
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
            long doubled = Math.min(2L * Math.max(content.length, count), maxMessageSize);
            content = Arrays.copyOf(content, (int) Math.max(doubled, (long) length + count));
        }
    }

    boolean isWhole() {
        return endKnown && nextFsn == highestFsn + 1;
    }

    /** The bytes that are in their place. */
    int length() {
        return length;
    }

    /** What it costs beside {@link #length}. */
    long overhead() {
        int waiting = ahead == null ? 0 : ahead.size();
        return aheadBytes + (1L + waiting) * ReassemblyQueue.OVERHEAD;
    }

    int ppid() {
        return ppid;
    }

    /** Hands over the content of a message that is whole. */
    ByteBuffer take() {
        byte[] whole = length < content.length / 2 ? Arrays.copyOf(content, length) : content;
        return ByteBuffer.wrap(whole, 0, length);
    }
}
