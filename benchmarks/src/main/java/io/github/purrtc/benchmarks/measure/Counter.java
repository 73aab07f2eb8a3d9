package io.github.purrtc.benchmarks.measure;

import java.util.concurrent.atomic.AtomicLong;

/** Counts messages on one thread, for others to read. */
final class Counter {
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong messages = new AtomicLong();

    void count(int size) {
        bytes.lazySet(bytes.getPlain() + size);
        messages.lazySet(messages.getPlain() + 1);
    }

    long bytes() {
        return bytes.get();
    }

    long messages() {
        return messages.get();
    }
}
