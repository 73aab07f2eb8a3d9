package io.github.purrtc.interop;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.util.BitSet;

/** Counts numbered messages. */
final class Counter {
    private final BitSet numbers = new BitSet();
    private int twice;
    private long lastNanos = System.nanoTime();
    private long longestGapNanos;

    synchronized void count(int number) {
        twice += numbers.get(number) ? 1 : 0;
        numbers.set(number);
        longestGapNanos = gapNanos();
        lastNanos = System.nanoTime();
    }

    synchronized ObjectNode counted() {
        return Json.of("received", numbers.cardinality(), "twice", twice, "longestGapMillis", gapNanos() / 1e6);
    }

    private long gapNanos() {
        return Math.max(longestGapNanos, System.nanoTime() - lastNanos);
    }
}
