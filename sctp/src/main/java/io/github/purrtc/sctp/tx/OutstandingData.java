package io.github.purrtc.sctp.tx;

/**
 * The chunks that have a TSN and are not yet acknowledged cumulatively, in rings indexed by TSN. What SACKs say of them is taken in by
 * {@link Acknowledgements}.
 */
final class OutstandingData {
    /** More could not be acknowledged by the peer: a gap ack block's offset has 16 bits. */
    static final int MAX_CHUNKS = 65_535;

    /** RFC 9260 §7.2.4 */
    static final int MISSING_REPORTS = 3;

    private final SendQueue queue;
    private final ChunkRing chunks = new ChunkRing();
    private final DeliveryRate rate = new DeliveryRate(chunks);
    private long cumulativeTsnAck;
    private long nextTsn;
    private long inFlightBytes;
    private long lostBytes;
    private int toRetransmit;
    private long retransmitFrom;

    OutstandingData(SendQueue queue, long initialTsn) {
        this.queue = queue;
        nextTsn = initialTsn;
        cumulativeTsnAck = initialTsn - 1;
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

    /** Nothing was sent for long: what would be needed to send much again is let go of. */
    void onIdle() {
        if (isEmpty()) {
            chunks.release();
        }
    }

    boolean isFull() {
        return nextTsn - cumulativeTsnAck > MAX_CHUNKS;
    }

    /** Bytes sent that are neither acknowledged nor marked for retransmission nor abandoned. */
    long inFlightBytes() {
        return inFlightBytes;
    }

    /** How many chunks are due again. */
    int toRetransmit() {
        return toRetransmit;
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

    /**
     * Whether the chunk was sent again because it seemed lost, and not twice for safety, also if it is acknowledged meanwhile; false of one that
     * is long gone.
     */
    boolean wasSentAgain(long tsn) {
        return tsn < nextTsn
                && tsn >= nextTsn - chunks.capacity()
                && transmissions(tsn) > 1
                && !chunks.sentTwice[chunks.index(tsn)];
    }

    void setSentAt(long tsn, long nowNanos) {
        int i = chunks.index(tsn);
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

    ChunkRing chunks() {
        return chunks;
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
        chunks.withReceipt[i] = false;
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
        chunks.withReceipt[i] = false;
        chunks.sentTwice[i] = false;
        chunks.transmissions[i] = 1;
        return tsn;
    }

    /**
     * The peer has it.
     *
     * @return the state in which it was
     */
    byte onAcked(long tsn) {
        int i = chunks.index(tsn);
        byte before = chunks.states[i];
        switch (before) {
            case ChunkRing.IN_FLIGHT -> inFlightBytes -= chunks.lengths[i];
            case ChunkRing.TO_RETRANSMIT -> toRetransmit--;
            default -> {
                return before;
            }
        }
        chunks.states[i] = ChunkRing.ACKED;
        queue.onReleased(message(tsn), chunks.lengths[i]);
        return before;
    }

    /**
     * A receipt says that the peer has it.
     *
     * @return the state in which it was
     */
    byte onReceipt(long tsn) {
        byte before = onAcked(tsn);
        if (before == ChunkRing.IN_FLIGHT || before == ChunkRing.TO_RETRANSMIT) {
            chunks.states[chunks.index(tsn)] = ChunkRing.RECEIPTED;
        }
        return before;
    }

    /** The packet under way asks for a receipt of it. */
    void setWithReceipt(long tsn) {
        chunks.withReceipt[chunks.index(tsn)] = true;
    }

    /** Whether a SACK or a receipt told that the peer has it. */
    boolean hasArrived(long tsn) {
        return isAcked(tsn) || isReceipted(tsn);
    }

    /** Whether a receipt tells, and no SACK, that the peer has it. */
    boolean isReceipted(long tsn) {
        return chunks.states[chunks.index(tsn)] == ChunkRing.RECEIPTED;
    }

    /** The Cumulative TSN Ack Point goes beyond the first chunk. */
    void removeFirst() {
        long tsn = ++cumulativeTsnAck;
        OutgoingMessage message = message(tsn);
        chunks.messages[chunks.index(tsn)] = null;
        if (tsn == message.lastTsn() && (message.isAbandoned() || message.uncut() == 0)) {
            queue.onMessageDone(message);
        }
    }

    /** What was acknowledged is not there after all, and counts as reported missing once. */
    void takeBack(long tsn) {
        int i = chunks.index(tsn);
        if (chunks.states[i] != ChunkRing.ACKED && chunks.states[i] != ChunkRing.RECEIPTED) {
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

    void markForRetransmission(long tsn) {
        queue.statistics().lostChunks++;
        lostBytes += length(tsn);
        sendOnceMore(tsn);
    }

    /** What was just sent again goes out another time at once. */
    void sendTwice(long tsn) {
        chunks.sentTwice[chunks.index(tsn)] = true;
        sendOnceMore(tsn);
    }

    private void sendOnceMore(long tsn) {
        int i = chunks.index(tsn);
        chunks.states[i] = ChunkRing.TO_RETRANSMIT;
        inFlightBytes -= chunks.lengths[i];
        if (toRetransmit++ == 0 || tsn < retransmitFrom) {
            retransmitFrom = tsn;
        }
    }
}
