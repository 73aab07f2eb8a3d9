package io.github.purrtc;

import java.util.BitSet;

/** The stream ids in use: reserved by whichever thread makes a channel, so that a conflict is known at once. */
final class StreamIds {
    /** Ids are 0 to 65,534: RFC 8831 §6.2, RFC 8832 §5. */
    static final int MAX_STREAMS = 65_535;

    /** By parity; bit n stands for the id 2n + parity. */
    private final BitSet[] used = {new BitSet(), new BitSet()};

    /** Returns false if the id is in use. */
    synchronized boolean reserve(int id) {
        BitSet bits = used[id & 1];
        if (bits.get(id >> 1)) {
            return false;
        }
        bits.set(id >> 1);
        return true;
    }

    /** Reserves the lowest free id of the parity below {@code limit}; -1 if there is none. */
    synchronized int reserveLowest(int parity, int limit) {
        BitSet bits = used[parity];
        int bit = bits.nextClearBit(0);
        int id = 2 * bit + parity;
        if (id >= limit) {
            return -1;
        }
        bits.set(bit);
        return id;
    }

    synchronized void release(int id) {
        used[id & 1].clear(id >> 1);
    }
}
