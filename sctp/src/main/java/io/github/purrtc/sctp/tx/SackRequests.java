package io.github.purrtc.sctp.tx;

/**
 * Which DATA asks the peer not to hold its SACK back: RFC 7053 §4. A window that is full asks so many times and not with each packet, as
 * else a peer could never let one SACK stand for many. Who sends few packets for a SACK (Max.Burst) wants one for each.
 */
final class SackRequests {
    private static final int REQUESTS_PER_WINDOW = 8;

    private final SendQueue queue;
    private final SendAllowance allowance;
    private final CongestionControl congestion;
    private boolean always;
    private long bytesSinceLast = Long.MAX_VALUE / 2;

    SackRequests(SendQueue queue, SendAllowance allowance, CongestionControl congestion) {
        this.queue = queue;
        this.allowance = allowance;
        this.congestion = congestion;
    }

    /** From now on all DATA does. */
    void wantAlways() {
        always = true;
    }

    /** Whether a fragment is to ask that is about to be written; what is new counts as in flight already, and as unsent still. */
    boolean isDueFor(OutgoingMessage message, int offset, int length) {
        bytesSinceLast += length;
        boolean isDue = always
                || allowance.limitsBursts()
                || (allowance.fillsCwnd() && bytesSinceLast >= congestion.cwnd() / REQUESTS_PER_WINDOW)
                || isLast(message, offset, length);
        if (isDue) {
            bytesSinceLast = 0;
        }
        return isDue;
    }

    /** Whether a message of several packets ends here, and nothing follows. */
    private boolean isLast(OutgoingMessage message, int offset, int length) {
        boolean begins = message.begins && offset == 0;
        return !begins && message.ends && offset + length == message.length && queue.unsentBytes() == length;
    }
}
