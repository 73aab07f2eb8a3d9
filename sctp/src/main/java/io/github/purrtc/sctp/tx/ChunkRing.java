package io.github.purrtc.sctp.tx;

import org.jspecify.annotations.Nullable;

/** What is known of each outstanding chunk, in arrays side by side: the chunk of a TSN is at its {@link #index}. */
final class ChunkRing {
    static final byte IN_FLIGHT = 0;
    static final byte TO_RETRANSMIT = 1;
    static final byte ACKED = 2;
    static final byte ABANDONED = 3;
    /** A receipt says that it has arrived, and no SACK yet: see {@link Receipts}. */
    static final byte RECEIPTED = 4;

    /** An idle association, or one that has little to say, holds next to nothing. */
    private static final int INITIAL_CAPACITY = 4;

    @Nullable
    OutgoingMessage[] messages = new @Nullable OutgoingMessage[INITIAL_CAPACITY];

    int[] offsets = new int[INITIAL_CAPACITY];
    int[] lengths = new int[INITIAL_CAPACITY];
    /** Fragment Sequence Numbers. */
    int[] fsns = new int[INITIAL_CAPACITY];

    long[] lastSentAtNanos = new long[INITIAL_CAPACITY];
    /** What was delivered when it was sent last: see {@link DeliveryRate}. */
    long[] delivered = new long[INITIAL_CAPACITY];

    /** What of that was told late. */
    long[] toldLate = new long[INITIAL_CAPACITY];

    long[] deliveredAtNanos = new long[INITIAL_CAPACITY];
    long[] firstSentAtNanos = new long[INITIAL_CAPACITY];
    boolean[] appLimited = new boolean[INITIAL_CAPACITY];
    int[] transmissions = new int[INITIAL_CAPACITY];
    byte[] states = new byte[INITIAL_CAPACITY];
    byte[] missing = new byte[INITIAL_CAPACITY];
    /** Whether a receipt was asked for when it was sent last. */
    boolean[] withReceipt = new boolean[INITIAL_CAPACITY];
    /** Whether it went out twice at a time: of which its acknowledgement tells nobody knows. */
    boolean[] sentTwice = new boolean[INITIAL_CAPACITY];

    /** Nothing is outstanding: what was needed for much is let go of. */
    void release() {
        messages = new @Nullable OutgoingMessage[INITIAL_CAPACITY];
        offsets = new int[INITIAL_CAPACITY];
        lengths = new int[INITIAL_CAPACITY];
        fsns = new int[INITIAL_CAPACITY];
        lastSentAtNanos = new long[INITIAL_CAPACITY];
        delivered = new long[INITIAL_CAPACITY];
        toldLate = new long[INITIAL_CAPACITY];
        deliveredAtNanos = new long[INITIAL_CAPACITY];
        firstSentAtNanos = new long[INITIAL_CAPACITY];
        appLimited = new boolean[INITIAL_CAPACITY];
        transmissions = new int[INITIAL_CAPACITY];
        states = new byte[INITIAL_CAPACITY];
        missing = new byte[INITIAL_CAPACITY];
        withReceipt = new boolean[INITIAL_CAPACITY];
        sentTwice = new boolean[INITIAL_CAPACITY];
    }

    /** As long as no other has its place, what was written of a chunk stays. */
    int capacity() {
        return states.length;
    }

    int index(long tsn) {
        return (int) tsn & states.length - 1;
    }

    /** Makes room for {@code count} chunks from the TSN {@code first} on. */
    void reserve(long first, long count) {
        if (count <= states.length) {
            return;
        }
        int from = index(first);
        int capacity = 2 * states.length;
        int to = (int) first & capacity - 1;
        @Nullable OutgoingMessage[] moved = new @Nullable OutgoingMessage[capacity];
        for (int i = 0; i < messages.length; i++) {
            moved[to + i & capacity - 1] = messages[from + i & messages.length - 1];
        }
        messages = moved;
        offsets = move(offsets, from, to);
        lengths = move(lengths, from, to);
        fsns = move(fsns, from, to);
        lastSentAtNanos = move(lastSentAtNanos, from, to);
        delivered = move(delivered, from, to);
        toldLate = move(toldLate, from, to);
        deliveredAtNanos = move(deliveredAtNanos, from, to);
        firstSentAtNanos = move(firstSentAtNanos, from, to);
        appLimited = move(appLimited, from, to);
        transmissions = move(transmissions, from, to);
        states = move(states, from, to);
        missing = move(missing, from, to);
        withReceipt = move(withReceipt, from, to);
        sentTwice = move(sentTwice, from, to);
    }

    private static int[] move(int[] old, int from, int to) {
        int[] moved = new int[2 * old.length];
        for (int i = 0; i < old.length; i++) {
            moved[to + i & moved.length - 1] = old[from + i & old.length - 1];
        }
        return moved;
    }

    private static long[] move(long[] old, int from, int to) {
        long[] moved = new long[2 * old.length];
        for (int i = 0; i < old.length; i++) {
            moved[to + i & moved.length - 1] = old[from + i & old.length - 1];
        }
        return moved;
    }

    private static boolean[] move(boolean[] old, int from, int to) {
        boolean[] moved = new boolean[2 * old.length];
        for (int i = 0; i < old.length; i++) {
            moved[to + i & moved.length - 1] = old[from + i & old.length - 1];
        }
        return moved;
    }

    private static byte[] move(byte[] old, int from, int to) {
        byte[] moved = new byte[2 * old.length];
        for (int i = 0; i < old.length; i++) {
            moved[to + i & moved.length - 1] = old[from + i & old.length - 1];
        }
        return moved;
    }
}
