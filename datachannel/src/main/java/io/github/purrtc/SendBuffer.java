package io.github.purrtc;

import io.github.purrtc.sctp.SharedMemory;

import java.util.concurrent.atomic.AtomicLong;

/**
 * How much may wait to be sent and acknowledged. The limit follows what the path has room for, between two bounds; what is used of it beyond
 * {@link #GRANTED} is memory that all connections share. Any thread adds, the loop takes away; nobody waits for anybody.
 */
final class SendBuffer {
    /** What a connection may use whatever the others have. */
    static final long GRANTED = 1 << 20;
    /** By how much the memory is asked for more. */
    static final long STEP = 256 << 10;

    /** One window is under way, and another one waits to follow it. */
    private static final int WINDOWS = 2;

    private final long least;
    private final long most;
    private final SharedMemory memory;
    private final AtomicLong used = new AtomicLong();
    private final AtomicLong granted;
    private volatile long limit;

    SendBuffer(long least, long most, SharedMemory memory) {
        this.least = least;
        this.most = most;
        this.memory = memory;
        limit = least;
        granted = new AtomicLong(isFixed() ? most : Math.min(GRANTED, least));
    }

    /** A limit that was set for the connection is not shared with others. */
    private boolean isFixed() {
        return least == most;
    }

    long limit() {
        return limit;
    }

    /** Adds the bytes if there is room for them; from any thread. */
    boolean accept(long bytes) {
        long now = used.addAndGet(bytes);
        if (now <= granted.get() || grow(now) || (now == bytes && bytes <= limit)) {
            return true;
        }
        used.addAndGet(-bytes);
        return false;
    }

    /** Why so many bytes more find no room, for people. */
    String refusal(long bytes) {
        long now = used.get();
        return now + bytes > limit
                ? "the send buffer is full: its limit is " + limit + " bytes"
                : "the send buffer cannot grow beyond the " + now
                        + " bytes that wait: the memory that all connections share (WebRtcOptions.bufferMemory) is used up";
    }

    /** Adds bytes that were asked for when there was room. */
    void add(long bytes) {
        used.addAndGet(bytes);
    }

    /** Whether more may be asked for; from any thread. */
    boolean hasRoom() {
        long now = used.get();
        return now < granted.get() || now == 0 || grow(now + 1);
    }

    private boolean grow(long wanted) {
        if (wanted > limit) {
            return false;
        }
        for (long have = granted.get(); have < wanted; have = granted.get()) {
            long more = (wanted - have + STEP - 1) / STEP * STEP;
            if (!memory.reserve(more)) {
                return false;
            }
            granted.addAndGet(more);
        }
        return true;
    }

    /**
     * What the association says; on the loop.
     *
     * @param change how much more, or less, it has than when it was asked before
     * @param congestionWindow what may be under way
     */
    void refresh(long change, long congestionWindow) {
        long now = used.addAndGet(change);
        if (isFixed()) {
            return;
        }
        limit = Math.min(most, Math.max(least, WINDOWS * congestionWindow));
        // Not for what comes and goes.
        long spare = (granted.get() - Math.max(now, GRANTED)) / STEP * STEP;
        if (spare >= GRANTED) {
            granted.addAndGet(-spare);
            memory.release(spare);
        }
    }
}
