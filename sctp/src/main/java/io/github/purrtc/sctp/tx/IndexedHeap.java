package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/** Entries by their keys, the lowest first; of equal keys the one that has had its key for longest. An entry knows its place: it can be moved and removed. */
final class IndexedHeap<E extends IndexedHeap.Entry> {
    /** What can be in one heap at a time. */
    abstract static class Entry {
        private int place = -1;
        private long key;
        private long order;
    }

    private @Nullable Entry[] entries = new @Nullable Entry[8];
    private int size;
    private long nextOrder;

    @SuppressWarnings("unchecked")
    @Nullable
    E first() {
        return (E) entries[0];
    }

    /** The lowest key, or {@link Long#MAX_VALUE} when there is none. */
    long firstKey() {
        Entry first = entries[0];
        return first == null ? Long.MAX_VALUE : first.key;
    }

    /** Adds the entry, or moves it to where its new key belongs. */
    void put(E entry, long key) {
        Entry moved = entry;
        if (moved.place < 0) {
            if (size == entries.length) {
                entries = Arrays.copyOf(entries, 2 * size);
            }
            moved.place = size++;
        } else if (moved.key == key) {
            return;
        }
        moved.key = key;
        moved.order = nextOrder++;
        settle(moved);
    }

    void remove(E entry) {
        Entry removed = entry;
        int place = removed.place;
        if (place < 0) {
            return;
        }
        removed.place = -1;
        Entry last = entries[--size];
        entries[size] = null;
        if (last != null && last != removed) {
            last.place = place;
            settle(last);
        }
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            Entry entry = entries[i];
            if (entry != null) {
                entry.place = -1;
            }
            entries[i] = null;
        }
        size = 0;
    }

    private void settle(Entry entry) {
        int place = up(entry, entry.place);
        place = down(entry, place);
        // Where there is but one, it stays: a reference that is written into an old array costs more than a look.
        if (entries[place] != entry) {
            entries[place] = entry;
        }
        entry.place = place;
    }

    private int up(Entry entry, int from) {
        int place = from;
        while (place > 0) {
            int parent = (place - 1) >>> 1;
            Entry above = entries[parent];
            if (above == null || !isBefore(entry, above)) {
                break;
            }
            entries[place] = above;
            above.place = place;
            place = parent;
        }
        return place;
    }

    private int down(Entry entry, int from) {
        int place = from;
        for (int child = 2 * place + 1; child < size; child = 2 * place + 1) {
            Entry lower = entries[child];
            Entry right = child + 1 < size ? entries[child + 1] : null;
            if (right != null && lower != null && isBefore(right, lower)) {
                lower = right;
                child++;
            }
            if (lower == null || !isBefore(lower, entry)) {
                break;
            }
            entries[place] = lower;
            lower.place = place;
            place = child;
        }
        return place;
    }

    private static boolean isBefore(Entry a, Entry b) {
        return a.key != b.key ? a.key < b.key : a.order < b.order;
    }
}
