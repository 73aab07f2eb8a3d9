package io.github.purrtc;

import io.github.purrtc.sctp.SharedMemory;

import java.util.concurrent.atomic.AtomicLong;

/** What one association has of {@link BufferMemory}: all of it goes back at the end. Any thread reserves; the loop releases and ends. */
final class ConnectionMemory implements SharedMemory {
    private final BufferMemory all;
    private final AtomicLong reserved = new AtomicLong();
    private volatile boolean ended;

    ConnectionMemory(BufferMemory all) {
        this.all = all;
    }

    @Override
    public boolean reserve(long bytes) {
        if (ended || !all.reserve(bytes)) {
            return false;
        }
        reserved.addAndGet(bytes);
        if (ended) {
            // The end did not see it.
            releaseAll();
        }
        return true;
    }

    @Override
    public void release(long bytes) {
        if (!ended) {
            reserved.addAndGet(-bytes);
            all.release(bytes);
        }
    }

    @Override
    public boolean isScarce() {
        return all.isScarce();
    }

    void end() {
        ended = true;
        releaseAll();
    }

    private void releaseAll() {
        all.release(reserved.getAndSet(0));
    }
}
