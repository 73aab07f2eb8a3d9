package io.github.purrtc.sctp;

/** The association's error counter: RFC 9260 §8.1. */
final class ErrorCounter {
    private final int max;
    private int errors;

    ErrorCounter(int max) {
        this.max = max;
    }

    void increment() {
        if (errors < Integer.MAX_VALUE) {
            errors++;
        }
    }

    void clear() {
        errors = 0;
    }

    /** Whether the peer must be considered unreachable. */
    boolean isExceeded() {
        return max != Integer.MAX_VALUE && errors > max;
    }
}
