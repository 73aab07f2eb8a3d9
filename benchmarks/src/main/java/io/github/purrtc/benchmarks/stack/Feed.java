package io.github.purrtc.benchmarks.stack;

import java.util.concurrent.atomic.AtomicLong;

/** Messages of one size without end, with never much more than the high mark of them waiting. Thread-safe. */
public final class Feed {
    private final int size;
    private final long highMark;
    private final long lowMark;
    private final AtomicLong sent = new AtomicLong();
    private volatile boolean stopped;

    /**
     * @param size bytes of a message
     * @param highMark the bytes waiting at which sending stops
     * @param lowMark the bytes waiting at which it goes on
     */
    public Feed(int size, long highMark, long lowMark) {
        this.size = size;
        this.highMark = highMark;
        this.lowMark = lowMark;
    }

    public int size() {
        return size;
    }

    public long highMark() {
        return highMark;
    }

    public long lowMark() {
        return lowMark;
    }

    /** One more message was handed to the stack. */
    public void count() {
        sent.incrementAndGet();
    }

    public long sent() {
        return sent.get();
    }

    public void stop() {
        stopped = true;
    }

    public boolean isStopped() {
        return stopped;
    }
}
