package io.github.purrtc;

import java.util.concurrent.atomic.AtomicLong;

/**
 * What the connections of a runtime share: memory for windows and send buffers beyond what each has in any case. Taken in steps, as they grow,
 * so that no packet and no message has to ask for it. Thread-safe.
 */
final class BufferMemory {
    private static final BufferMemory SHARED = new BufferMemory(defaultBytes());

    private final long limit;
    private final AtomicLong reserved = new AtomicLong();

    BufferMemory(long limitBytes) {
        limit = limitBytes;
    }

    /** That of {@link WebRtc#shared}, and of whoever has no runtime. */
    static BufferMemory shared() {
        return SHARED;
    }

    /** A quarter of what the JVM may have. */
    static long defaultBytes() {
        return Runtime.getRuntime().maxMemory() / 4;
    }

    /** False, and nothing taken, if there is less. */
    boolean reserve(long bytes) {
        if (reserved.addAndGet(bytes) <= limit) {
            return true;
        }
        reserved.addAndGet(-bytes);
        return false;
    }

    void release(long bytes) {
        reserved.addAndGet(-bytes);
    }

    /** Whether less than a quarter is left. */
    boolean isScarce() {
        return limit - reserved.get() < limit / 4;
    }

    long reservedBytes() {
        return reserved.get();
    }
}
