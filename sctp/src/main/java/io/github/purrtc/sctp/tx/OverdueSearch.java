package io.github.purrtc.sctp.tx;

/** RFC 8985 §6.2 step 5: what is in flight, was sent before the latest that arrived, and is longer on its way than allowed, is lost. */
final class OverdueSearch {
    private final OutstandingData outstanding;
    private final Acknowledgements acknowledgements;
    private final ChunkRing chunks;
    private final Rack rack;
    private long reportedUpTo;

    OverdueSearch(OutstandingData outstanding, Acknowledgements acknowledgements, Rack rack) {
        this.outstanding = outstanding;
        this.acknowledgements = acknowledgements;
        this.rack = rack;
        chunks = outstanding.chunks();
    }

    /** Marks those; returns the longest that something else of that kind may still take, 0 when nothing may. */
    long markLost(long allowedNanos, long nowNanos) {
        GapAckBlocks known = acknowledgements.knownGaps();
        reportedUpTo = acknowledgements.reportedUpTo();
        long wait = 0;
        long tsn = outstanding.cumulativeTsnAck() + 1;
        for (int i = 0; i < known.count(); i++) {
            for (; tsn < known.start(i); tsn++) {
                wait = Math.max(wait, remaining(tsn, allowedNanos, nowNanos));
            }
            tsn = Math.max(tsn, known.end(i) + 1);
        }
        // Behind the last gap the first transmissions are in the order of time.
        for (long end = outstanding.nextTsn(); tsn < end && (isRepeated(tsn) || wasSentBefore(tsn)); tsn++) {
            wait = Math.max(wait, remaining(tsn, allowedNanos, nowNanos));
        }
        return wait;
    }

    private boolean isRepeated(long tsn) {
        return chunks.transmissions[chunks.index(tsn)] > 1;
    }

    private boolean wasSentBefore(long tsn) {
        long sentAt = chunks.lastSentAtNanos[chunks.index(tsn)];
        return sentAt < rack.latestSentAtNanos() || (sentAt == rack.latestSentAtNanos() && tsn < rack.latestTsn());
    }

    private long remaining(long tsn, long allowedNanos, long nowNanos) {
        int i = chunks.index(tsn);
        if (chunks.states[i] != ChunkRing.IN_FLIGHT || !wasSentBefore(tsn)) {
            return 0;
        }
        long remaining = chunks.lastSentAtNanos[i] + allowed(tsn, allowedNanos) - nowNanos;
        if (remaining > 0) {
            return remaining;
        }
        acknowledgements.onOverdue(tsn);
        return 0;
    }

    /**
     * What no SACK tells of may have arrived long ago, and then is sent in vain; but where thousands are missing, as after slow start, a peer
     * that reports twenty gaps a round trip would need seconds to tell of them.
     */
    private long allowed(long tsn, long allowedNanos) {
        boolean hidden = tsn > reportedUpTo && !chunks.withReceipt[chunks.index(tsn)];
        return hidden ? allowedNanos + rack.rttNanos() / 2 : allowedNanos;
    }
}
