package io.github.purrtc.sctp.tx;

/**
 * How fast the path delivers: the estimator of
 * <a href="https://datatracker.ietf.org/doc/draft-ietf-ccwg-bbr/">draft-ietf-ccwg-bbr</a> §4.1. Each chunk remembers how much was delivered when it
 * was sent; when it is acknowledged, the difference by the time, the longer of sending's and of acknowledging's, is a sample.
 */
final class DeliveryRate {
    private static final double NANOS_PER_SECOND = 1e9;
    private static final long NONE = -1;

    private final ChunkRing chunks;
    private final DeliverySample sample = new DeliverySample();
    private long delivered;
    private long deliveredAtNanos;
    private long firstSentAtNanos;
    /** Samples of what is sent are the application's until so much is delivered. */
    private long appLimitedUntil = NONE;
    /** What of {@link #delivered} may have arrived long before a SACK told of it. */
    private long toldLate;

    DeliveryRate(ChunkRing chunks) {
        this.chunks = chunks;
    }

    void onSent(int i, boolean nothingInFlight, long nowNanos) {
        if (nothingInFlight) {
            firstSentAtNanos = nowNanos;
            deliveredAtNanos = nowNanos;
        }
        chunks.delivered[i] = delivered;
        chunks.toldLate[i] = toldLate;
        chunks.deliveredAtNanos[i] = deliveredAtNanos;
        chunks.firstSentAtNanos[i] = firstSentAtNanos;
        chunks.appLimited[i] = appLimitedUntil != NONE;
    }

    /** The application has no more to send though the path would take it. */
    void onAppLimited(long inFlightBytes) {
        appLimitedUntil = delivered + inFlightBytes;
    }

    DeliverySample onSack(SackOutcome outcome, long lostBytes, long inFlightBytes, long minRttNanos, long nowNanos) {
        delivered += outcome.bytesAcked;
        toldLate += outcome.lateBytes;
        if (appLimitedUntil != NONE && delivered > appLimitedUntil) {
            appLimitedUntil = NONE;
        }
        sample.nowNanos = nowNanos;
        sample.ackedBytes = outcome.bytesAcked;
        sample.lostBytes = lostBytes;
        sample.inFlightBytes = inFlightBytes;
        sample.deliveredBytes = delivered;
        long tsn = latest(outcome, minRttNanos, nowNanos);
        sample.isValid = tsn != NONE;
        if (sample.isValid) {
            take(chunks.index(tsn), minRttNanos, nowNanos);
            boolean isTimed = tsn == outcome.originalTsn && !outcome.isOriginalLate;
            sample.rttNanos = isTimed ? nowNanos - outcome.originalSentAtNanos : 0;
        }
        if (outcome.bytesAcked > 0) {
            deliveredAtNanos = nowNanos;
        }
        return sample;
    }

    private static long latest(SackOutcome outcome, long minRttNanos, long nowNanos) {
        boolean repeated = outcome.repeatedTsn != NONE
                && nowNanos - outcome.repeatedSentAtNanos >= minRttNanos
                && (outcome.originalTsn == NONE || outcome.repeatedSentAtNanos > outcome.originalSentAtNanos);
        return repeated ? outcome.repeatedTsn : outcome.originalTsn;
    }

    private void take(int i, long minRttNanos, long nowNanos) {
        long sentAt = chunks.lastSentAtNanos[i];
        long interval = Math.max(sentAt - chunks.firstSentAtNanos[i], nowNanos - chunks.deliveredAtNanos[i]);
        sample.priorDeliveredBytes = chunks.delivered[i];
        sample.isAppLimited = chunks.appLimited[i];
        boolean isLongEnough = interval > 0 && interval >= minRttNanos;
        double seconds = isLongEnough ? interval / NANOS_PER_SECOND : Double.POSITIVE_INFINITY;
        long since = delivered - chunks.delivered[i];
        sample.bytesPerSecond = since / seconds;
        sample.leastBytesPerSecond = (since - (toldLate - chunks.toldLate[i])) / seconds;
        firstSentAtNanos = sentAt;
    }
}
