package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SharedMemory;

/**
 * How much may be held of what came and was not taken. It follows what the path delivers and the reader takes in a round trip, as TCP's
 * receive buffers do, between two bounds; where they are the same it is fixed.
 *
 * <p>RFC 9260 §3.3.2 does not want it reduced, as what was advertised is a promise. It shrinks by what is taken, so that what may still arrive
 * stays as much as it was, and after a long silence, when nothing is on its way.
 */
final class ReceiveWindow {
    /** By how much the memory is asked for more. */
    static final long STEP = 256 << 10;

    /**
     * A round trip's worth is on its way, what waits behind a loss that was repaired only at the third attempt is several, and in slow start
     * a sender doubles before it hears of a larger window.
     */
    private static final int ROUND_TRIPS = 6;

    /** A burst is longer than the round trip on the shortest paths. */
    private static final long LEAST_ROUND_NANOS = 5_000_000;

    private static final long LEAST_UNFINISHED = 5 << 20;

    /** Before anything is known of the path. */
    private static final long UNKNOWN_ROUND_NANOS = 100_000_000;

    private final long least;
    private final long most;
    private final SharedMemory memory;
    private long size;
    /** Where it shrinks to as data is taken. */
    private long goal;

    private long reserved;

    private boolean roundBegan;
    private long roundBeganAtNanos;
    private long roundBytes;
    private long readyBefore;
    private boolean silent = true;

    ReceiveWindow(long least, long most, SharedMemory memory) {
        this.least = least;
        this.most = most;
        this.memory = memory;
        size = least;
        goal = least;
    }

    long size() {
        return size;
    }

    /**
     * What unfinished messages may hold before it counts in full: never so little that several large ones, side by side, fill the window, and
     * none can end.
     */
    long unfinishedLimit() {
        return Math.max(size, Math.min(most, LEAST_UNFINISHED));
    }

    /** User data was taken in. */
    void onReceived(int bytes) {
        silent = false;
        roundBytes += bytes;
    }

    /** Whether it is larger than it is to be. */
    boolean isShrinking() {
        return size > goal;
    }

    /** What was held is held no longer. */
    void onTaken(long bytes) {
        size = Math.max(goal, size - bytes);
        giveBack();
    }

    /**
     * A burst is in: at the end of a round trip the window follows what came in it.
     *
     * @param readyBytes what waits to be taken: where that grows, it is the reader that is slow
     * @param rttNanos 0 if it is unknown
     */
    void endOfBurst(long readyBytes, long rttNanos, long nowNanos) {
        if (least == most) {
            return;
        }
        long round = rttNanos == 0 ? UNKNOWN_ROUND_NANOS : Math.max(rttNanos, LEAST_ROUND_NANOS);
        long elapsed = nowNanos - roundBeganAtNanos;
        if (roundBegan && elapsed < round) {
            return;
        }
        if (roundBegan) {
            long taken = Math.max(0, roundBytes - Math.max(0, readyBytes - readyBefore));
            follow((long) ((double) ROUND_TRIPS * taken * round / elapsed));
        }
        roundBegan = true;
        roundBeganAtNanos = nowNanos;
        roundBytes = 0;
        readyBefore = readyBytes;
    }

    private void follow(long wanted) {
        long target = Math.min(most, Math.max(least, roundUp(wanted)));
        if (target > size) {
            grow(target);
        } else if (memory.isScarce()) {
            goal = target;
        }
    }

    private void grow(long target) {
        long wanted = roundUp(target - least);
        while (reserved < wanted && memory.reserve(STEP)) {
            reserved += STEP;
        }
        size = Math.max(size, Math.min(target, least + reserved));
        goal = size;
    }

    /** A heartbeat's time has passed: true when nothing came in it, nothing is held, and the window is back at its least. */
    boolean onQuietTime(boolean holdsNothing) {
        boolean shrinks = silent && holdsNothing && size > least;
        silent = true;
        if (shrinks) {
            release();
        }
        return shrinks;
    }

    /** It needs no more than the least from now on. */
    void release() {
        size = least;
        goal = least;
        giveBack();
    }

    private void giveBack() {
        long needed = roundUp(size - least);
        if (reserved > needed) {
            memory.release(reserved - needed);
            reserved = needed;
        }
    }

    private static long roundUp(long bytes) {
        return (bytes + STEP - 1) / STEP * STEP;
    }
}
