package io.github.purrtc.sctp.tx;

/**
 * Bytes in the proportion of priorities: RFC 8260 §3.6, RFC 8831 §6.4. By virtual finish times: a stream's clock moves by its bytes over its
 * weight, and the one whose next piece would be finished first by its own clock is next. A stream that had nothing to send joins at the
 * present virtual time: silence saves up nothing.
 */
final class WeightedFairScheduler implements StreamScheduler {
    /** A byte at a weight of 1: at the highest, 65,535, it still counts. */
    private static final int SCALE_BITS = 16;

    private long virtualTime;

    @Override
    public void onJoined(OutboundStream stream) {
        stream.schedule = Math.max(stream.schedule, virtualTime);
    }

    @Override
    public void onServed(OutboundStream stream, int bytes) {
        stream.schedule += duration(stream, bytes);
        virtualTime = Math.max(virtualTime, stream.schedule);
    }

    @Override
    public long turn(OutboundStream stream, OutgoingMessage message, int bytes) {
        return stream.schedule + duration(stream, bytes);
    }

    /** A priority of 0 is less than all others, and more than nothing. */
    private static long duration(OutboundStream stream, int bytes) {
        return ((long) bytes << SCALE_BITS) / Math.max(1, stream.priority);
    }
}
