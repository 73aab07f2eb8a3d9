package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;

import java.util.Arrays;

/** The gap ack blocks of a SACK as unwrapped first and last TSNs, in order, with at least one TSN between two. */
final class GapAckBlocks {
    private static final int INITIAL_CAPACITY = 32;

    private long[] bounds = {};
    private int count;

    /** Unwraps and checks blocks: in order, behind the ack point, and not beyond what was sent; false, and none kept, if not. */
    boolean read(long cumulative, SackView sack, long nextTsn) {
        count = 0;
        long previousEnd = cumulative;
        for (int i = 0; i < sack.gapAckBlockCount(); i++) {
            long start = cumulative + sack.gapAckBlockStart(i);
            long end = cumulative + sack.gapAckBlockEnd(i);
            if (start <= previousEnd || end < start || end >= nextTsn) {
                count = 0;
                return false;
            }
            add(start, end);
            previousEnd = end;
        }
        return true;
    }

    int count() {
        return count;
    }

    boolean isEmpty() {
        return count == 0;
    }

    long start(int index) {
        return bounds[2 * index];
    }

    long end(int index) {
        return bounds[2 * index + 1];
    }

    /** The end of the last block; {@code otherwise} where there is none. */
    long lastEnd(long otherwise) {
        return count == 0 ? otherwise : end(count - 1);
    }

    void clear() {
        count = 0;
    }

    /** Clears, and lets go of the room. */
    void release() {
        count = 0;
        bounds = new long[0];
    }

    /** Adds those parts of the other's blocks that lie behind {@code last}. */
    void addBehind(long last, GapAckBlocks other) {
        for (int i = 0; i < other.count; i++) {
            if (other.end(i) > last) {
                add(Math.max(other.start(i), last + 1), other.end(i));
            }
        }
    }

    /** Adds a TSN to the block at which it lies, or as one of its own. */
    void insert(long tsn) {
        int at = firstEndingAt(tsn - 1, 0);
        if (at == count || start(at) > tsn + 1) {
            open(at, tsn);
        } else {
            bounds[2 * at] = Math.min(start(at), tsn);
            bounds[2 * at + 1] = Math.max(end(at), tsn);
            if (at + 1 < count && start(at + 1) == end(at) + 1) {
                joinNext(at);
            }
        }
    }

    private void open(int at, long tsn) {
        add(tsn, tsn);
        System.arraycopy(bounds, 2 * at, bounds, 2 * at + 2, 2 * (count - 1 - at));
        bounds[2 * at] = tsn;
        bounds[2 * at + 1] = tsn;
    }

    private void joinNext(int at) {
        bounds[2 * at + 1] = end(at + 1);
        System.arraycopy(bounds, 2 * at + 4, bounds, 2 * at + 2, 2 * (count - 2 - at));
        count--;
    }

    /** The first block, from {@code from} on, that ends at the TSN or behind it. */
    int firstEndingAt(long tsn, int from) {
        int low = from;
        int high = count;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (end(middle) < tsn) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether the block of that index, if there is one, has begun at the TSN. */
    boolean hasBegun(int index, long tsn) {
        return index < count && start(index) <= tsn;
    }

    boolean contains(long tsn) {
        return hasBegun(firstEndingAt(tsn, 0), tsn);
    }

    private void add(long start, long end) {
        if (bounds.length < 2 * count + 2) {
            bounds = Arrays.copyOf(bounds, Math.max(2 * bounds.length, INITIAL_CAPACITY));
        }
        bounds[2 * count] = start;
        bounds[2 * count + 1] = end;
        count++;
    }
}
