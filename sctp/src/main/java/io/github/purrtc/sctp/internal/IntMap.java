package io.github.purrtc.sctp.internal;

import org.jspecify.annotations.Nullable;

/** A map from int to objects by open addressing: no boxed key, and next to nothing while it is empty. */
public final class IntMap<V> {
    private static final int INITIAL_CAPACITY = 8;

    private int[] keys = new int[INITIAL_CAPACITY];
    private @Nullable Object[] values = new @Nullable Object[INITIAL_CAPACITY];
    private int size;

    public int size() {
        return size;
    }

    public boolean isEmpty() {
        return size == 0;
    }

    public @Nullable V get(int key) {
        return valueAt(slot(key));
    }

    /** Adds or replaces. */
    public void put(int key, V value) {
        int slot = slot(key);
        if (values[slot] == null) {
            if (++size * 2 > values.length) {
                resize(values.length * 2);
                slot = slot(key);
            }
        }
        keys[slot] = key;
        values[slot] = value;
    }

    public @Nullable V remove(int key) {
        int slot = slot(key);
        V removed = valueAt(slot);
        if (removed != null) {
            size--;
            closeGap(slot);
        }
        return removed;
    }

    /** The keys, in no particular order. */
    public int[] keys() {
        int[] result = new int[size];
        int next = 0;
        for (int i = 0; i < values.length; i++) {
            if (values[i] != null) {
                result[next++] = keys[i];
            }
        }
        return result;
    }

    public void clear() {
        if (size > 0) {
            keys = new int[INITIAL_CAPACITY];
            values = new @Nullable Object[INITIAL_CAPACITY];
            size = 0;
        }
    }

    @SuppressWarnings("unchecked")
    private @Nullable V valueAt(int slot) {
        return (V) values[slot];
    }

    private int slot(int key) {
        int mask = values.length - 1;
        int slot = home(key, mask);
        while (values[slot] != null && keys[slot] != key) {
            slot = (slot + 1) & mask;
        }
        return slot;
    }

    private static int home(int key, int mask) {
        int hash = key * 0x9E3779B1;
        return (hash ^ hash >>> 16) & mask;
    }

    /** Moves later entries of the probe sequence back, so that no tombstone is needed. */
    private void closeGap(int gap) {
        int mask = values.length - 1;
        int slot = gap;
        while (true) {
            slot = (slot + 1) & mask;
            if (values[slot] == null) {
                break;
            }
            int home = home(keys[slot], mask);
            if (((slot - home) & mask) >= ((slot - gap) & mask)) {
                keys[gap] = keys[slot];
                values[gap] = values[slot];
                gap = slot;
            }
        }
        values[gap] = null;
    }

    private void resize(int capacity) {
        int[] oldKeys = keys;
        @Nullable Object[] oldValues = values;
        keys = new int[capacity];
        values = new @Nullable Object[capacity];
        for (int i = 0; i < oldValues.length; i++) {
            if (oldValues[i] != null) {
                int slot = slot(oldKeys[i]);
                keys[slot] = oldKeys[i];
                values[slot] = oldValues[i];
            }
        }
    }
}
