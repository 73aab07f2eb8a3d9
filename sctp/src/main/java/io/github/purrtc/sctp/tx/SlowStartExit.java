package io.github.purrtc.sctp.tx;

/**
 * Notices by the round-trip time that the first slow start has filled the path, before it floods the queue in front of it: the idea of
 * HyStart, with a threshold of its own. {@link HyStart} takes a round more to notice, in which the window doubles: what a control that
 * grows slowly then loses, it lacks for long.
 *
 * <p>Slow start sends twice as fast as acknowledgements come in. A packet sent when cwnd is {@code x} bandwidth-delay products so waits
 * for {@code x / 2} round trips in the queue, and when that becomes known cwnd is {@code 2x}. A round-trip time 5/16 above the least one
 * therefore means that cwnd has come to 1.25 bandwidth-delay products: the path is full, and a queue of one is not. If slow start went on
 * there, it would lose every second packet of a window, and that is more gaps than a SACK has room to report.
 */
final class SlowStartExit implements SlowStartWatch {
    /** RFC 9406 §4.3, N_RTT_SAMPLE and MIN_RTT_THRESH: jitter and delayed acknowledgements are no queue. */
    private static final int SAMPLES = 8;

    private static final long MIN_INCREASE_NANOS = 4_000_000;

    private long leastNanos = Long.MAX_VALUE;
    private int above;
    private boolean isOver;

    @Override
    public void onSample(DeliverySample sample) {
        isOver |= sample.isValid && sample.rttNanos > 0 && isDue(sample.rttNanos);
    }

    @Override
    public int growthDivisor() {
        return 1;
    }

    @Override
    public boolean isOver() {
        return isOver;
    }

    /** Takes a round-trip time in; true when enough of them in a row tell of a queue. */
    boolean isDue(long rttNanos) {
        leastNanos = Math.min(leastNanos, rttNanos);
        boolean isAbove = rttNanos - leastNanos >= Math.max(leastNanos * 5 / 16, MIN_INCREASE_NANOS);
        above = isAbove ? above + 1 : 0;
        return above >= SAMPLES;
    }
}
