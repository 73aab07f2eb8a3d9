package io.github.purrtc.ice.internal.agent;

/**
 * Spaces ordinary checks Ta apart (RFC 8445 §14.2). The first few may go together, so that where the network is near no
 * check waits for a tick; in all they are smaller than the first window of a TCP connection (RFC 6928).
 */
final class Pacer {

    private static final int BURST = 8;

    private final long intervalNanos;
    private long nextNanos = Long.MIN_VALUE;

    Pacer(long intervalNanos) {
        this.intervalNanos = intervalNanos;
    }

    boolean tryTake(long now) {
        if (now < availableNanos()) {
            return false;
        }
        nextNanos = Math.max(nextNanos, now) + intervalNanos;
        return true;
    }

    /** When the next check may go out. */
    long availableNanos() {
        return nextNanos == Long.MIN_VALUE ? Long.MIN_VALUE : nextNanos - (BURST - 1) * intervalNanos;
    }
}
