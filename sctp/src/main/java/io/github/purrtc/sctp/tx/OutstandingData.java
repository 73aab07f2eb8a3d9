package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;
import org.jspecify.annotations.Nullable;

/**
 * The chunks that have a TSN and are not yet acknowledged cumulatively, in rings indexed by TSN. A SACK costs what it newly says and the
 * gaps it reports, not the size of the window.
 */
final class OutstandingData {
    /** More could not be acknowledged by the peer: a gap ack block's offset has 16 bits. */
    static final int MAX_CHUNKS = 65_535;

    private static final int MISSING_REPORTS = 3;

    private final SendQueue queue;
    private final SackOutcome outcome = new SackOutcome();

    private final ChunkRing chunks = new ChunkRing();
    private final DeliveryRate rate = new DeliveryRate(chunks);
    /** What the peer reported so far behind the ack point, and what the SACK at hand reports. */
    private GapAckBlocks known = new GapAckBlocks();

    private GapAckBlocks reported = new GapAckBlocks();

    private long cumulativeTsnAck;
    private long nextTsn;
    private long inFlightBytes;
    private long lostBytes;
    private int toRetransmit;
    private long retransmitFrom;
    private long highestAcked;
    /** {@link #highestAcked} before the SACK at hand. */
    private long highestAckedBefore;

    private boolean reordering;

    OutstandingData(SendQueue queue, long initialTsn) {
        this.queue = queue;
        nextTsn = initialTsn;
        cumulativeTsnAck = initialTsn - 1;
        highestAcked = cumulativeTsnAck;
    }

    long cumulativeTsnAck() {
        return cumulativeTsnAck;
    }

    long nextTsn() {
        return nextTsn;
    }

    boolean isEmpty() {
        return nextTsn == cumulativeTsnAck + 1;
    }

    boolean isFull() {
        return nextTsn - cumulativeTsnAck > MAX_CHUNKS;
    }

    /** Bytes sent that are neither acknowledged nor marked for retransmission nor abandoned. */
    long inFlightBytes() {
        return inFlightBytes;
    }

    boolean hasToRetransmit() {
        return toRetransmit > 0;
    }

    /** Whether nothing is known to be on its way or due again. */
    boolean isIdle() {
        return inFlightBytes == 0 && toRetransmit == 0;
    }

    OutgoingMessage message(long tsn) {
        OutgoingMessage message = chunks.messages[chunks.index(tsn)];
        if (message == null) {
            throw new IllegalStateException("no chunk is outstanding with this TSN");
        }
        return message;
    }

    int offset(long tsn) {
        return chunks.offsets[chunks.index(tsn)];
    }

    int length(long tsn) {
        return chunks.lengths[chunks.index(tsn)];
    }

    int fsn(long tsn) {
        return chunks.fsns[chunks.index(tsn)];
    }

    int transmissions(long tsn) {
        return chunks.transmissions[chunks.index(tsn)];
    }

    /** The time of the first transmission; known as well for the TSN at the ack point. */
    long sentAtNanos(long tsn) {
        return chunks.sentAtNanos[chunks.index(tsn)];
    }

    void setSentAt(long tsn, long nowNanos) {
        int i = chunks.index(tsn);
        chunks.sentAtNanos[i] = nowNanos;
        chunks.lastSentAtNanos[i] = nowNanos;
        rate.onSent(i, inFlightBytes == chunks.lengths[i], nowNanos);
    }

    /** How fast the path delivers. */
    DeliveryRate rate() {
        return rate;
    }

    /** All bytes that were ever found lost. */
    long lostBytes() {
        return lostBytes;
    }

    /** Whether the peer has reported anything behind a gap. */
    boolean hasGaps() {
        return known.lastEnd(cumulativeTsnAck) > cumulativeTsnAck;
    }

    /** Whether packets overtake each other on the path: then a loss is not found by reports, but by {@link #markOverdue} alone. */
    void setReordering(boolean value) {
        reordering = value;
    }

    boolean isAcked(long tsn) {
        return tsn <= cumulativeTsnAck || chunks.states[chunks.index(tsn)] == ChunkRing.ACKED;
    }

    boolean isInFlight(long tsn) {
        return chunks.states[chunks.index(tsn)] == ChunkRing.IN_FLIGHT;
    }

    boolean isReportedMissing(long tsn) {
        return chunks.missing[chunks.index(tsn)] >= MISSING_REPORTS;
    }

    boolean isAbandoned(long tsn) {
        return chunks.states[chunks.index(tsn)] == ChunkRing.ABANDONED;
    }

    /** Gives the next TSN to a chunk that is sent now. */
    long add(OutgoingMessage message, int offset, int length) {
        long tsn = append(message, offset, length);
        int i = chunks.index(tsn);
        chunks.states[i] = ChunkRing.IN_FLIGHT;
        chunks.fsns[i] = message.takeFragmentNumber();
        inFlightBytes += length;
        return tsn;
    }

    /** The TSN of the next chunk that is due again, lowest first; only when there is one. */
    long nextToRetransmit() {
        long tsn = Math.max(retransmitFrom, cumulativeTsnAck + 1);
        while (chunks.states[chunks.index(tsn)] != ChunkRing.TO_RETRANSMIT) {
            tsn++;
        }
        retransmitFrom = tsn;
        return tsn;
    }

    void onRetransmitted(long tsn, long nowNanos) {
        int i = chunks.index(tsn);
        chunks.states[i] = ChunkRing.IN_FLIGHT;
        rate.onSent(i, inFlightBytes == 0, nowNanos);
        onSentAgain(i, nowNanos);
        inFlightBytes += chunks.lengths[i];
        toRetransmit--;
    }

    /** It goes out once more though it is not taken for lost. */
    void onProbed(long tsn, long nowNanos) {
        int i = chunks.index(tsn);
        rate.onSent(i, false, nowNanos);
        onSentAgain(i, nowNanos);
    }

    private void onSentAgain(int i, long nowNanos) {
        chunks.transmissions[i]++;
        chunks.lastSentAtNanos[i] = nowNanos;
    }

    /** The highest TSN in flight; -1 for none. */
    long lastInFlight() {
        for (long tsn = nextTsn - 1; tsn > cumulativeTsnAck; tsn--) {
            if (isInFlight(tsn)) {
                return tsn;
            }
        }
        return -1;
    }

    interface ChunkVisitor {
        void visit(long tsn, OutgoingMessage message);
    }

    /** Visits what is due again, lowest first; the visitor may abandon messages. */
    void forEachToRetransmit(ChunkVisitor visitor) {
        for (long tsn = Math.max(retransmitFrom, cumulativeTsnAck + 1); toRetransmit > 0 && tsn < nextTsn; tsn++) {
            if (chunks.states[chunks.index(tsn)] == ChunkRing.TO_RETRANSMIT) {
                visitor.visit(tsn, message(tsn));
            }
        }
    }

    /**
     * Takes a SACK in if it is sound as a whole; null, and nothing changed, if not (RFC 9260 §6.2.1, §12).
     *
     * @param cumulative its Cumulative TSN Ack, unwrapped, not below the present one
     * @param recovering whether fast recovery is under way
     */
    @Nullable
    SackOutcome handleSack(long cumulative, SackView sack, boolean recovering) {
        if (cumulative >= nextTsn || !reported.read(cumulative, sack, nextTsn)) {
            return null;
        }
        begin();
        boolean advanced = cumulative > cumulativeTsnAck;
        ackCumulative(cumulative);
        ackGaps();
        renege();
        if (!reported.isEmpty()) {
            // §7.2.4: HTNA; in fast recovery all that the SACK reports missing counts once the point advances.
            long below = recovering && advanced ? reported.start(reported.count() - 1) : outcome.highestNewlyAcked;
            reportMissing(below);
        }
        swapGaps();
        return outcome;
    }

    /** RFC 9260 §9.2: the Cumulative TSN Ack of a SHUTDOWN. */
    @Nullable
    SackOutcome handleCumulativeAck(long cumulative) {
        if (cumulative >= nextTsn || cumulative < cumulativeTsnAck) {
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

    /**
     * RFC 8985 §6.2 step 5: what is in flight, was sent before the latest that arrived, and is longer on its way than allowed, counts as
     * lost.
     *
     * @return the longest that something else of that kind may still take; 0 when nothing may
     */
    long markOverdue(Rack rack, long allowedNanos, long nowNanos) {
        long wait = 0;
        long tsn = cumulativeTsnAck + 1;
        for (int i = 0; i < known.count(); i++) {
            for (; tsn < known.start(i); tsn++) {
                wait = Math.max(wait, remaining(tsn, rack, allowedNanos, nowNanos));
            }
            tsn = Math.max(tsn, known.end(i) + 1);
        }
        // Behind the last gap the first transmissions are in the order of time.
        for (; tsn < nextTsn && (transmissions(tsn) > 1 || wasSentBefore(tsn, rack)); tsn++) {
            wait = Math.max(wait, remaining(tsn, rack, allowedNanos, nowNanos));
        }
        return wait;
    }

    private long remaining(long tsn, Rack rack, long allowedNanos, long nowNanos) {
        int i = chunks.index(tsn);
        if (chunks.states[i] != ChunkRing.IN_FLIGHT || !wasSentBefore(tsn, rack)) {
            return 0;
        }
        long remaining = chunks.lastSentAtNanos[i] + allowedNanos - nowNanos;
        if (remaining > 0) {
            return remaining;
        }
        chunks.missing[i] = MISSING_REPORTS;
        markForRetransmission(tsn);
        outcome.lossFound = true;
        return 0;
    }

    private boolean wasSentBefore(long tsn, Rack rack) {
        long sentAt = chunks.lastSentAtNanos[chunks.index(tsn)];
        return sentAt < rack.latestSentAtNanos() || (sentAt == rack.latestSentAtNanos() && tsn < rack.latestTsn());
    }

    /** Some time passed, and no SACK came: what {@link #markOverdue} then finds. */
    SackOutcome withoutSack() {
        begin();
        return outcome;
    }

    /** Takes nothing for lost any more: the timeout that said so was spurious. */
    void unmarkLost() {
        for (long tsn = cumulativeTsnAck + 1; toRetransmit > 0 && tsn < nextTsn; tsn++) {
            int i = chunks.index(tsn);
            if (chunks.states[i] == ChunkRing.TO_RETRANSMIT) {
                chunks.states[i] = ChunkRing.IN_FLIGHT;
                inFlightBytes += chunks.lengths[i];
                toRetransmit--;
            }
        }
    }

    /** RFC 9260 §6.3.3 E3: all that is in flight counts as lost. */
    void markAllForRetransmission() {
        for (long tsn = cumulativeTsnAck + 1; tsn < nextTsn; tsn++) {
            int i = chunks.index(tsn);
            if (chunks.states[i] == ChunkRing.IN_FLIGHT) {
                markForRetransmission(tsn);
            }
            chunks.missing[i] = 0;
        }
    }

    /** RFC 3758 §3.5 A3: gives up a message, those fragments that were not sent too. */
    void abandon(OutgoingMessage message) {
        if (message.isAbandoned()) {
            return;
        }
        OutgoingMessage rest = queue.giveUp(message);
        if (rest != null) {
            // A TSN that is never sent: FORWARD TSN must be able to go beyond what the peer may have acknowledged
            // already.
            long placeholder = append(rest, rest.length, 0);
            chunks.states[chunks.index(placeholder)] = ChunkRing.ABANDONED;
            queue.onPlaceholder(rest);
        }
        long first = message.parted == null ? message.firstTsn : message.parted.firstTsn;
        long last = message.parted == null ? message.lastTsn() : message.parted.lastTsn;
        for (long tsn = Math.max(first, cumulativeTsnAck + 1); tsn <= last; tsn++) {
            // Those of other messages may lie between, with I-DATA.
            if (message(tsn).isPartOf(message)) {
                abandonChunk(tsn);
            }
        }
    }

    /** The peer lost its state (RFC 9260 §5.2.4): what is outstanding goes back to the queue, to be sent from its beginning. */
    void requeueAll() {
        for (long tsn = cumulativeTsnAck + 1; tsn < nextTsn; tsn++) {
            OutgoingMessage message = message(tsn);
            if (message.isWithoutBeginning()) {
                abandon(message);
            }
        }
        for (long tsn = nextTsn - 1; tsn > cumulativeTsnAck; tsn--) {
            OutgoingMessage message = message(tsn);
            if (tsn == message.lastTsn()) {
                if (message.isAbandoned()) {
                    queue.onMessageDone(message);
                } else {
                    queue.requeue(message);
                }
            }
        }
        queue.restart();
    }

    private void abandonChunk(long tsn) {
        int i = chunks.index(tsn);
        switch (chunks.states[i]) {
            case ChunkRing.IN_FLIGHT -> inFlightBytes -= chunks.lengths[i];
            case ChunkRing.TO_RETRANSMIT -> toRetransmit--;
            default -> {
                return;
            }
        }
        chunks.states[i] = ChunkRing.ABANDONED;
        queue.onReleased(message(tsn), chunks.lengths[i]);
    }

    private long append(OutgoingMessage message, int offset, int length) {
        chunks.reserve(cumulativeTsnAck + 1, nextTsn - cumulativeTsnAck);
        long tsn = nextTsn++;
        int i = chunks.index(tsn);
        message.onTsn(tsn);
        chunks.messages[i] = message;
        chunks.offsets[i] = offset;
        chunks.lengths[i] = length;
        chunks.missing[i] = 0;
        chunks.transmissions[i] = 1;
        return tsn;
    }

    private void ackCumulative(long cumulative) {
        for (long tsn = cumulativeTsnAck + 1; tsn <= cumulative; tsn++) {
            ack(tsn);
            int i = chunks.index(tsn);
            OutgoingMessage message = message(tsn);
            chunks.messages[i] = null;
            if (tsn == message.lastTsn() && (message.isAbandoned() || message.uncut() == 0)) {
                queue.onMessageDone(message);
            }
        }
        cumulativeTsnAck = cumulative;
    }

    private void ack(long tsn) {
        int i = chunks.index(tsn);
        int length = chunks.lengths[i];
        switch (chunks.states[i]) {
            case ChunkRing.IN_FLIGHT -> inFlightBytes -= length;
            case ChunkRing.TO_RETRANSMIT -> {
                toRetransmit--;
                outcome.ackedThoughLost = true;
            }
            default -> {
                return;
            }
        }
        chunks.states[i] = ChunkRing.ACKED;
        outcome.bytesAcked += length;
        outcome.highestNewlyAcked = tsn;
        if (chunks.transmissions[i] == 1) {
            outcome.reordered |= tsn < highestAckedBefore;
            outcome.onOriginal(tsn, chunks.lastSentAtNanos[i]);
        } else {
            outcome.onRepeated(tsn, chunks.lastSentAtNanos[i]);
        }
        highestAcked = Math.max(highestAcked, tsn);
        queue.onReleased(message(tsn), length);
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

    /**
     * RFC 9260 §6.2.1 D iii: what was acknowledged by a gap ack block and now is missing counts as reported missing once. Behind the last
     * block nothing is said (a receiver reports as many blocks as it likes), unless the very next TSN shows that the peer forgot.
     */
    private void renege() {
        long next = cumulativeTsnAck + 1;
        boolean forgot = !isEmpty() && chunks.states[chunks.index(next)] == ChunkRing.ACKED && !reported.contains(next);
        if (forgot) {
            takeBackUnreported(next, nextTsn - 1);
            known.clear();
            return;
        }
        long last = reported.lastEnd(cumulativeTsnAck);
        for (int i = 0; i < known.count(); i++) {
            takeBackUnreported(Math.max(known.start(i), next), Math.min(known.end(i), last));
        }
    }

    private void takeBackUnreported(long first, long last) {
        int block = 0;
        for (long tsn = first; tsn <= last; tsn++) {
            block = reported.firstEndingAt(tsn, block);
            if (reported.hasBegun(block, tsn)) {
                tsn = reported.end(block);
            } else {
                takeBack(tsn);
            }
        }
    }

    private void takeBack(long tsn) {
        int i = chunks.index(tsn);
        if (chunks.states[i] != ChunkRing.ACKED) {
            return;
        }
        queue.onReneged(message(tsn), chunks.lengths[i]);
        chunks.states[i] = ChunkRing.IN_FLIGHT;
        chunks.missing[i] = 1;
        inFlightBytes += chunks.lengths[i];
        if (message(tsn).isAbandoned()) {
            abandonChunk(tsn);
        }
    }

    /** Counts a missing report for each TSN in a hole below {@code below}. */
    private void reportMissing(long below) {
        long tsn = cumulativeTsnAck + 1;
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
        if (chunks.states[i] != ChunkRing.IN_FLIGHT || chunks.missing[i] >= MISSING_REPORTS || reordering) {
            return;
        }
        if (++chunks.missing[i] == MISSING_REPORTS) {
            markForRetransmission(tsn);
            outcome.lossFound = true;
        }
    }

    private void markForRetransmission(long tsn) {
        int i = chunks.index(tsn);
        chunks.states[i] = ChunkRing.TO_RETRANSMIT;
        queue.statistics().lostChunks++;
        lostBytes += chunks.lengths[i];
        inFlightBytes -= chunks.lengths[i];
        if (toRetransmit++ == 0 || tsn < retransmitFrom) {
            retransmitFrom = tsn;
        }
    }

    /** What was reported becomes what is known; what is known behind the last reported block stays known. */
    private void swapGaps() {
        reported.addBehind(reported.lastEnd(cumulativeTsnAck), known);
        GapAckBlocks previous = known;
        known = reported;
        reported = previous;
    }
}
