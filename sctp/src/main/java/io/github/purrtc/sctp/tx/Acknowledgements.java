package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;
import org.jspecify.annotations.Nullable;

/** What the peer's SACKs say of the outstanding data. A SACK costs what it newly says and the gaps it reports, not the size of the window. */
final class Acknowledgements {
    private static final long NONE = -1;

    private final OutstandingData outstanding;
    private final ChunkRing chunks;
    private final SackOutcome outcome = new SackOutcome();
    /** What the peer reported so far behind the ack point, and what the SACK at hand reports. */
    private GapAckBlocks known = new GapAckBlocks();

    private GapAckBlocks reported = new GapAckBlocks();

    private long highestAcked;
    /** {@link #highestAcked} before the SACK at hand. */
    private long highestAckedBefore;

    private int mostBlocks;
    private long reportedUpTo = Long.MAX_VALUE;

    /** The highest TSN of which a receipt told; -1 when there is none that no SACK has told of. */
    private long highestReceipted = NONE;

    private boolean reordering;

    Acknowledgements(OutstandingData outstanding) {
        this.outstanding = outstanding;
        chunks = outstanding.chunks();
        highestAcked = outstanding.cumulativeTsnAck();
    }

    /** What the peer reported behind the ack point. */
    GapAckBlocks knownGaps() {
        return known;
    }

    /** Whether the peer has reported anything behind a gap. */
    boolean hasGaps() {
        return known.lastEnd(outstanding.cumulativeTsnAck()) > outstanding.cumulativeTsnAck();
    }

    /**
     * The TSN behind which the latest SACK may say nothing of what has arrived: a receiver reports the lowest gaps, as many as it likes, and
     * this were as many as it ever did.
     */
    long reportedUpTo() {
        return reportedUpTo;
    }

    /** See {@link DataSender#onIdle}. */
    void onIdle() {
        if (outstanding.isEmpty()) {
            known.release();
            reported.release();
        }
    }

    /** Whether packets overtake each other on the path: then a loss is not found by reports, but by {@link OverdueSearch} alone. */
    void setReordering(boolean value) {
        reordering = value;
    }

    /**
     * Takes a SACK in if it is sound as a whole; null, and nothing changed, if not (RFC 9260 §6.2.1, §12).
     *
     * @param cumulative its Cumulative TSN Ack, unwrapped, not below the present one
     * @param recovering whether fast recovery is under way
     */
    @Nullable
    SackOutcome handleSack(long cumulative, SackView sack, boolean recovering) {
        long nextTsn = outstanding.nextTsn();
        if (cumulative >= nextTsn || !reported.read(cumulative, sack, nextTsn)) {
            return null;
        }
        begin();
        boolean advanced = cumulative > outstanding.cumulativeTsnAck();
        ackCumulative(cumulative);
        ackGaps();
        if (!advanced && outcome.bytesAcked == 0 && lacksWhatIsKnown()) {
            // Others may have overtaken it: what it lacks was not forgotten. Who forgot something says so with what
            // comes next.
            return outcome;
        }
        // A limit is met more than once. Where the packet is it, each duplicate takes the room of a block.
        int entries = reported.count() + sack.duplicateTsnCount();
        boolean mayHideSome =
                reported.count() >= Receipts.FEWEST_AT_LIMIT && reported.count() <= mostBlocks && entries >= mostBlocks;
        mostBlocks = Math.max(mostBlocks, reported.count());
        reportedUpTo = mayHideSome ? reported.lastEnd(cumulative) : Long.MAX_VALUE;
        renege();
        if (!reported.isEmpty()) {
            // §7.2.4: HTNA; in fast recovery all that the SACK reports missing counts once the point advances.
            long below = recovering && advanced ? reported.start(reported.count() - 1) : outcome.highestNewlyAcked;
            reportMissing(below);
        }
        long end = reportedEnd();
        swapGaps(end);
        if (reportedUpTo == Long.MAX_VALUE) {
            forgetReceipts(end);
        }
        return outcome;
    }

    /**
     * RFC 9260 §9.2: the Cumulative TSN Ack of a SHUTDOWN; null when nothing was sent with it.
     *
     * @param cumulative unwrapped, not below the present one
     */
    @Nullable
    SackOutcome handleCumulativeAck(long cumulative) {
        if (cumulative >= outstanding.nextTsn()) {
            return null;
        }
        begin();
        ackCumulative(cumulative);
        return outcome;
    }

    private void begin() {
        outcome.clear();
        highestAckedBefore = highestAcked;
    }

    /** RFC 8985 §6.2 step 5: it counts as lost by time. */
    void onOverdue(long tsn) {
        chunks.missing[chunks.index(tsn)] = OutstandingData.MISSING_REPORTS;
        outstanding.markForRetransmission(tsn);
        outcome.lossFound = true;
    }

    /** Some time passed, and no SACK came: what {@link OverdueSearch} then finds. */
    SackOutcome withoutSack() {
        begin();
        return outcome;
    }

    private void ackCumulative(long cumulative) {
        for (long tsn = outstanding.cumulativeTsnAck() + 1; tsn <= cumulative; tsn++) {
            ack(tsn);
            outstanding.removeFirst();
        }
    }

    private void ack(long tsn) {
        byte before = outstanding.onAcked(tsn);
        if (before != ChunkRing.IN_FLIGHT && before != ChunkRing.TO_RETRANSMIT) {
            return;
        }
        count(tsn, before);
        boolean isLate = tsn > reportedUpTo;
        outcome.lateBytes += isLate ? outstanding.length(tsn) : 0;
        time(tsn, isLate, false);
    }

    private void count(long tsn, byte before) {
        outcome.ackedThoughLost |= before == ChunkRing.TO_RETRANSMIT;
        outcome.bytesAcked += outstanding.length(tsn);
        outcome.highestNewlyAcked = tsn;
    }

    /**
     * @param late whether it may have arrived long ago, and nothing has told
     * @param byReceipt whether it is its last transmission that is known to have arrived
     */
    private void time(long tsn, boolean late, boolean byReceipt) {
        int i = chunks.index(tsn);
        if (chunks.transmissions[i] == 1) {
            outcome.reordered |= tsn < highestAckedBefore && !late;
            outcome.onOriginal(tsn, chunks.lastSentAtNanos[i], late);
        } else if (byReceipt || !(late || chunks.sentTwice[i])) {
            boolean isToldAtOnce = !late && !chunks.withReceipt[i];
            outcome.onRepeated(tsn, chunks.lastSentAtNanos[i], isToldAtOnce && outstanding.isReportedMissing(tsn));
        }
        highestAcked = Math.max(highestAcked, tsn);
    }

    /**
     * Takes in that a packet has arrived which carried so many TSNs from that one on, sent for the time that is named modulo 2¹⁶; null when that
     * tells nothing.
     */
    @Nullable
    SackOutcome handleReceipt(long first, int count, int transmission) {
        if (reportedUpTo == Long.MAX_VALUE) {
            return null;
        }
        begin();
        long end = Math.min(first + count, outstanding.nextTsn());
        for (long tsn = Math.max(first, Math.max(reportedUpTo, outstanding.cumulativeTsnAck()) + 1); tsn < end; tsn++) {
            if (chunks.withReceipt[chunks.index(tsn)]) {
                onReceipt(tsn, transmission);
            }
        }
        return outcome.bytesAcked > 0 ? outcome : null;
    }

    private void onReceipt(long tsn, int transmission) {
        byte before = outstanding.onReceipt(tsn);
        if (before != ChunkRing.IN_FLIGHT && before != ChunkRing.TO_RETRANSMIT) {
            return;
        }
        count(tsn, before);
        if ((outstanding.transmissions(tsn) & 0xFFFF) == transmission) {
            time(tsn, false, true);
        }
        known.insert(tsn);
        highestReceipted = Math.max(highestReceipted, tsn);
    }

    /** What was told by receipts, and by no SACK yet, counts for nothing any more. */
    void forgetReceipts() {
        forgetReceipts(reportedUpTo);
    }

    private void forgetReceipts(long last) {
        if (highestReceipted <= last) {
            return;
        }
        highestReceipted = NONE;
        known.clear();
        for (long tsn = outstanding.cumulativeTsnAck() + 1; tsn < outstanding.nextTsn(); tsn++) {
            if (tsn > last && outstanding.isReceipted(tsn)) {
                outstanding.takeBack(tsn);
            } else if (outstanding.hasArrived(tsn)) {
                known.insert(tsn);
            }
        }
    }

    /** Acknowledges what the SACK reports and was not known. */
    private void ackGaps() {
        int old = 0;
        for (int i = 0; i < reported.count(); i++) {
            long tsn = reported.start(i);
            while (tsn <= reported.end(i)) {
                old = known.firstEndingAt(tsn, old);
                if (known.hasBegun(old, tsn)) {
                    tsn = known.end(old) + 1;
                } else {
                    ack(tsn++);
                }
            }
        }
    }

    private boolean lacksWhatIsKnown() {
        long last = reportedEnd();
        int block = 0;
        for (int i = known.firstEndingAt(outstanding.cumulativeTsnAck() + 1, 0); known.hasBegun(i, last); i++) {
            block = reported.firstEndingAt(known.start(i), block);
            if (!reported.hasBegun(block, known.start(i)) || reported.end(block) < Math.min(known.end(i), last)) {
                return true;
            }
        }
        return false;
    }

    /**
     * RFC 9260 §6.2.1 D iii: what was acknowledged by a gap ack block and now is missing counts as reported missing once. Behind the last
     * block nothing is said (a receiver reports as many blocks as it likes), unless the very next TSN shows that the peer forgot.
     */
    private void renege() {
        long next = outstanding.cumulativeTsnAck() + 1;
        boolean forgot = !outstanding.isEmpty() && outstanding.isAcked(next) && !reported.contains(next);
        if (forgot) {
            takeBackUnreported(next, outstanding.nextTsn() - 1);
            known.clear();
            return;
        }
        long last = reportedEnd();
        for (int i = 0; i < known.count(); i++) {
            takeBackUnreported(Math.max(known.start(i), next), Math.min(known.end(i), last));
        }
    }

    /** Up to where the SACK says what there is: the very next TSN is missing. */
    private long reportedEnd() {
        return reported.lastEnd(outstanding.cumulativeTsnAck() + 1);
    }

    private void takeBackUnreported(long first, long last) {
        int block = 0;
        for (long tsn = first; tsn <= last; tsn++) {
            block = reported.firstEndingAt(tsn, block);
            if (reported.hasBegun(block, tsn)) {
                tsn = reported.end(block);
            } else {
                outstanding.takeBack(tsn);
            }
        }
    }

    /** Counts a missing report for each TSN in a hole below {@code below}. */
    private void reportMissing(long below) {
        long tsn = outstanding.cumulativeTsnAck() + 1;
        for (int i = 0; i < reported.count() && tsn < below; i++) {
            for (long end = Math.min(reported.start(i), below); tsn < end; tsn++) {
                reportMissingOnce(tsn);
            }
            tsn = reported.end(i) + 1;
        }
    }

    private void reportMissingOnce(long tsn) {
        int i = chunks.index(tsn);
        // §7.2.4: a TSN is retransmitted fast once, until a timeout.
        if (chunks.states[i] != ChunkRing.IN_FLIGHT
                || chunks.missing[i] >= OutstandingData.MISSING_REPORTS
                || reordering) {
            return;
        }
        if (++chunks.missing[i] == OutstandingData.MISSING_REPORTS) {
            outstanding.markForRetransmission(tsn);
            outcome.lossFound = true;
        }
    }

    /** What was reported becomes what is known; what is known behind the last reported block stays known. */
    private void swapGaps(long end) {
        reported.addBehind(end, known);
        GapAckBlocks previous = known;
        known = reported;
        reported = previous;
    }
}
