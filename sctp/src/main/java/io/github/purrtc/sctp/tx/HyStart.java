package io.github.purrtc.sctp.tx;

/**
 * Ends the first slow start before it floods the queue in front of the path: HyStart++,
 * <a href="https://www.rfc-editor.org/rfc/rfc9406">RFC 9406</a> §4.2. When the round trip grows, slow start goes on more slowly for some rounds
 * (Conservative Slow Start), and is over after them, unless the round trip has become shorter again.
 */
final class HyStart implements SlowStartWatch {
    private static final long MIN_RTT_THRESH_NANOS = 4_000_000;
    private static final long MAX_RTT_THRESH_NANOS = 16_000_000;
    private static final int MIN_RTT_DIVISOR = 8;
    private static final int N_RTT_SAMPLE = 8;
    private static final int CSS_GROWTH_DIVISOR = 4;
    private static final int CSS_ROUNDS = 5;
    private static final long INFINITY = Long.MAX_VALUE;

    private enum Phase {
        SLOW_START,
        CONSERVATIVE,
        OVER
    }

    private Phase phase = Phase.SLOW_START;
    /** A round is over when what was sent since its beginning is acknowledged. */
    private long nextRoundDelivered;

    private long lastRoundMinRttNanos = INFINITY;
    private long currentRoundMinRttNanos = INFINITY;
    private int rttSampleCount;
    private long cssBaselineMinRttNanos = INFINITY;
    private int cssRounds;

    @Override
    public int growthDivisor() {
        return phase == Phase.CONSERVATIVE ? CSS_GROWTH_DIVISOR : 1;
    }

    @Override
    public boolean isOver() {
        return phase == Phase.OVER;
    }

    @Override
    public void onSample(DeliverySample sample) {
        if (!sample.isValid || isOver()) {
            return;
        }
        if (sample.priorDeliveredBytes >= nextRoundDelivered) {
            nextRoundDelivered = sample.deliveredBytes;
            beginRound();
        }
        if (sample.rttNanos > 0 && !isOver()) {
            currentRoundMinRttNanos = Math.min(currentRoundMinRttNanos, sample.rttNanos);
            rttSampleCount++;
            look();
        }
    }

    private void beginRound() {
        lastRoundMinRttNanos = currentRoundMinRttNanos;
        currentRoundMinRttNanos = INFINITY;
        rttSampleCount = 0;
        // The part of a round in which it began counts as one.
        if (phase == Phase.CONSERVATIVE && ++cssRounds >= CSS_ROUNDS) {
            phase = Phase.OVER;
        }
    }

    private void look() {
        if (rttSampleCount < N_RTT_SAMPLE) {
            return;
        }
        if (phase == Phase.CONSERVATIVE) {
            if (currentRoundMinRttNanos < cssBaselineMinRttNanos) {
                cssBaselineMinRttNanos = INFINITY;
                phase = Phase.SLOW_START;
            }
        } else if (lastRoundMinRttNanos != INFINITY
                && currentRoundMinRttNanos >= lastRoundMinRttNanos + thresholdNanos()) {
            cssBaselineMinRttNanos = currentRoundMinRttNanos;
            cssRounds = 0;
            phase = Phase.CONSERVATIVE;
        }
    }

    private long thresholdNanos() {
        long eighth = Math.min(lastRoundMinRttNanos / MIN_RTT_DIVISOR, MAX_RTT_THRESH_NANOS);
        return Math.max(MIN_RTT_THRESH_NANOS, eighth);
    }
}
