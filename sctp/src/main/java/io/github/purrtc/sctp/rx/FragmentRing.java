package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.packet.DataFlags;
import org.jspecify.annotations.Nullable;

/** The fragments that came before their turn, in a ring indexed by TSN. Knows at once when a message among them is whole. */
final class FragmentRing {
    /** What became of the message when a fragment was put in. */
    enum Put {
        INCOMPLETE,
        /** From {@link FragmentRing#wholeFrom()} to {@link FragmentRing#wholeTo()} lies a whole message. */
        WHOLE,
        /** The neighbours cannot belong where they are. */
        ILLEGAL
    }

    private static final int INITIAL_CAPACITY = 2;

    private @Nullable Fragment[] slots = new @Nullable Fragment[INITIAL_CAPACITY];
    private int count;
    private long wholeFrom;
    private long wholeTo;

    boolean isEmpty() {
        return count == 0;
    }

    /** Nothing came for long: what would be needed for many fragments is let go of. */
    void onIdle() {
        if (isEmpty()) {
            slots = new @Nullable Fragment[INITIAL_CAPACITY];
        }
    }

    @Nullable
    Fragment get(long tsn) {
        return slots[index(tsn)];
    }

    @Nullable
    Fragment remove(long tsn) {
        int index = index(tsn);
        Fragment removed = slots[index];
        if (removed != null) {
            slots[index] = null;
            count--;
        }
        return removed;
    }

    /** Puts a fragment in whose TSN is {@code ahead} of the last one that was consumed in order. */
    Put put(long tsn, Fragment fragment, long ahead) {
        reserve(tsn, ahead);
        Fragment before = ahead > 1 ? get(tsn - 1) : null;
        Fragment after = get(tsn + 1);
        if ((before != null && !fits(before, fragment)) || (after != null && !fits(fragment, after))) {
            return Put.ILLEGAL;
        }
        slots[index(tsn)] = fragment;
        count++;
        wholeFrom = before == null || fragment.has(DataFlags.BEGINNING) ? tsn : before.otherEnd;
        wholeTo = after == null || fragment.has(DataFlags.END) ? tsn : after.otherEnd;
        Fragment first = end(wholeFrom);
        Fragment last = end(wholeTo);
        first.otherEnd = wholeTo;
        last.otherEnd = wholeFrom;
        return first.has(DataFlags.BEGINNING) && last.has(DataFlags.END) ? Put.WHOLE : Put.INCOMPLETE;
    }

    long wholeFrom() {
        return wholeFrom;
    }

    long wholeTo() {
        return wholeTo;
    }

    private static boolean fits(Fragment before, Fragment after) {
        boolean boundary = before.has(DataFlags.END);
        return boundary == after.has(DataFlags.BEGINNING) && (boundary || after.continues(before));
    }

    private Fragment end(long tsn) {
        Fragment fragment = get(tsn);
        if (fragment == null) {
            throw new IllegalStateException("a run of fragments lost its end");
        }
        return fragment;
    }

    private int index(long tsn) {
        return (int) tsn & slots.length - 1;
    }

    /** The slots hold the TSNs from {@code tsn - ahead + 1} to {@code tsn + 1}, each at a place of its own. */
    private void reserve(long tsn, long ahead) {
        int capacity = slots.length;
        while (capacity < ahead + 2) {
            capacity *= 2;
        }
        if (capacity == slots.length) {
            return;
        }
        @Nullable Fragment[] old = slots;
        slots = new @Nullable Fragment[capacity];
        long from = tsn - ahead + 1;
        for (long t = from; t < from + old.length; t++) {
            slots[index(t)] = old[(int) t & old.length - 1];
        }
    }
}
