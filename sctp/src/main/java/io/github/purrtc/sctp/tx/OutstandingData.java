package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;
import org.jspecify.annotations.Nullable;

import java.util.Arrays;

/**
 * The chunks that have a TSN and are not yet acknowledged cumulatively, in rings indexed by TSN. A SACK costs what it newly says and the
 * gaps it reports, not the size of the window.
 */
final class OutstandingData {
    /** More could not be acknowledged by the peer: a gap ack block's offset has 16 bits. */
    static final int MAX_CHUNKS = 65_535;

    private static final int MISSING_REPORTS = 3;

    private static final byte IN_FLIGHT = 0;
    private static final byte TO_RETRANSMIT = 1;
    private static final byte ACKED = 2;
    private static final byte ABANDONED = 3;

    private static final OutgoingMessage[] NO_MESSAGES = {};

    private final SendQueue queue;
    private final SackOutcome outcome = new SackOutcome();

    private @Nullable OutgoingMessage[] messages = NO_MESSAGES;
    private int[] offsets = {};
    private int[] lengths = {};
    private byte[] states = {};
    private byte[] missing = {};
    private int[] transmissions = {};

    private long cumulativeTsnAck;
    private long nextTsn;
    private long inFlightBytes;
    private int toRetransmit;
    private long retransmitFrom;

    /** The gap ack blocks of the last SACK, as unwrapped first and last TSN. */
    private long[] gaps = new long[32];

    private int gapCount;
    private long[] newGaps = new long[32];
    private int newGapCount;

    OutstandingData(SendQueue queue, long initialTsn) {
        this.queue = queue;
        nextTsn = initialTsn;
        cumulativeTsnAck = initialTsn - 1;
        reserve(64);
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
        OutgoingMessage message = messages[index(tsn)];
        if (message == null) {
            throw new IllegalStateException("no chunk is outstanding with this TSN");
        }
        return message;
    }

    int offset(long tsn) {
        return offsets[index(tsn)];
    }

    int length(long tsn) {
        return lengths[index(tsn)];
    }

    int transmissions(long tsn) {
        return transmissions[index(tsn)];
    }

    boolean isAbandoned(long tsn) {
        return states[index(tsn)] == ABANDONED;
    }

    /** Gives the next TSN to a chunk that is sent now. */
    long add(OutgoingMessage message, int offset, int length) {
        long tsn = append(message, offset, length);
        states[index(tsn)] = IN_FLIGHT;
        inFlightBytes += length;
        return tsn;
    }

    /** The TSN of the next chunk that is due again, lowest first; only when there is one. */
    long nextToRetransmit() {
        long tsn = Math.max(retransmitFrom, cumulativeTsnAck + 1);
        while (states[index(tsn)] != TO_RETRANSMIT) {
            tsn++;
        }
        retransmitFrom = tsn;
        return tsn;
    }

    void onRetransmitted(long tsn) {
        int i = index(tsn);
        states[i] = IN_FLIGHT;
        transmissions[i]++;
        inFlightBytes += lengths[i];
        toRetransmit--;
    }

    interface ChunkVisitor {
        void visit(long tsn, OutgoingMessage message);
    }

    /** Visits what is due again, lowest first; the visitor may abandon messages. */
    void forEachToRetransmit(ChunkVisitor visitor) {
        for (long tsn = Math.max(retransmitFrom, cumulativeTsnAck + 1); toRetransmit > 0 && tsn < nextTsn; tsn++) {
            if (states[index(tsn)] == TO_RETRANSMIT) {
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
        if (cumulative >= nextTsn || !readGaps(cumulative, sack)) {
            return null;
        }
        outcome.clear();
        boolean advanced = cumulative > cumulativeTsnAck;
        ackCumulative(cumulative);
        ackGaps();
        renege();
        if (newGapCount > 0) {
            // §7.2.4: HTNA; in fast recovery all that the SACK reports missing counts once the point advances.
            long below = recovering && advanced ? newGaps[2 * newGapCount - 2] : outcome.highestNewlyAcked;
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
        outcome.clear();
        ackCumulative(cumulative);
        return outcome;
    }

    /** RFC 9260 §6.3.3 E3: all that is in flight counts as lost. */
    void markAllForRetransmission() {
        for (long tsn = cumulativeTsnAck + 1; tsn < nextTsn; tsn++) {
            int i = index(tsn);
            if (states[i] == IN_FLIGHT) {
                markForRetransmission(tsn);
            }
            missing[i] = 0;
        }
    }

    /** RFC 3758 §3.5 A3: gives up a message, those fragments that were not sent too. */
    void abandon(OutgoingMessage message) {
        if (message.abandoned) {
            return;
        }
        message.abandoned = true;
        if (message.uncut() > 0) {
            queue.discardRest(message);
            // A TSN that is never sent: FORWARD TSN must be able to go beyond what the peer may have acknowledged
            // already.
            long placeholder = append(message, message.length, 0);
            states[index(placeholder)] = ABANDONED;
        }
        for (long tsn = Math.max(message.firstTsn, cumulativeTsnAck + 1); tsn <= message.lastTsn; tsn++) {
            abandonChunk(tsn);
        }
    }

    /** The peer lost its state (RFC 9260 §5.2.4): what is outstanding goes back to the queue, to be sent from its beginning. */
    void requeueAll() {
        OutgoingMessage later = null;
        for (long tsn = nextTsn - 1; tsn > cumulativeTsnAck; tsn--) {
            OutgoingMessage message = message(tsn);
            if (message != later) {
                later = message;
                if (message.abandoned) {
                    queue.onMessageDone();
                } else {
                    queue.requeue(message);
                }
            }
        }
        queue.restart();
    }

    private void abandonChunk(long tsn) {
        int i = index(tsn);
        switch (states[i]) {
            case IN_FLIGHT -> inFlightBytes -= lengths[i];
            case TO_RETRANSMIT -> toRetransmit--;
            default -> {
                return;
            }
        }
        states[i] = ABANDONED;
        queue.onReleased(message(tsn), lengths[i]);
    }

    private long append(OutgoingMessage message, int offset, int length) {
        reserve((int) (nextTsn - cumulativeTsnAck) + 1);
        long tsn = nextTsn++;
        int i = index(tsn);
        if (message.cut == 0) {
            message.firstTsn = tsn;
        }
        message.lastTsn = tsn;
        messages[i] = message;
        offsets[i] = offset;
        lengths[i] = length;
        missing[i] = 0;
        transmissions[i] = 1;
        return tsn;
    }

    private void ackCumulative(long cumulative) {
        for (long tsn = cumulativeTsnAck + 1; tsn <= cumulative; tsn++) {
            ack(tsn);
            int i = index(tsn);
            OutgoingMessage message = message(tsn);
            messages[i] = null;
            if (tsn == message.lastTsn && (message.abandoned || message.uncut() == 0)) {
                queue.onMessageDone();
            }
        }
        cumulativeTsnAck = cumulative;
    }

    private void ack(long tsn) {
        int i = index(tsn);
        int length = lengths[i];
        switch (states[i]) {
            case IN_FLIGHT -> inFlightBytes -= length;
            case TO_RETRANSMIT -> toRetransmit--;
            default -> {
                return;
            }
        }
        states[i] = ACKED;
        outcome.bytesAcked += length;
        outcome.highestNewlyAcked = tsn;
        queue.onReleased(message(tsn), length);
    }

    /** Unwraps and checks the gap ack blocks: in order, not touching the ack point, within what was sent. */
    private boolean readGaps(long cumulative, SackView sack) {
        int count = sack.gapAckBlockCount();
        if (newGaps.length < 2 * count) {
            newGaps = new long[2 * count];
        }
        long previousEnd = cumulative;
        for (int i = 0; i < count; i++) {
            long start = cumulative + sack.gapAckBlockStart(i);
            long end = cumulative + sack.gapAckBlockEnd(i);
            if (start <= previousEnd || end < start || end >= nextTsn) {
                return false;
            }
            newGaps[2 * i] = start;
            newGaps[2 * i + 1] = end;
            previousEnd = end;
        }
        newGapCount = count;
        return true;
    }

    /** Acknowledges what the new blocks cover and the old ones did not. */
    private void ackGaps() {
        int old = 0;
        for (int i = 0; i < newGapCount; i++) {
            long tsn = newGaps[2 * i];
            long end = newGaps[2 * i + 1];
            while (tsn <= end) {
                while (old < gapCount && gaps[2 * old + 1] < tsn) {
                    old++;
                }
                boolean covered = old < gapCount && gaps[2 * old] <= tsn;
                if (covered) {
                    tsn = gaps[2 * old + 1] + 1;
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
        boolean forgot = !isEmpty() && states[index(cumulativeTsnAck + 1)] == ACKED && !startsGap(cumulativeTsnAck + 1);
        if (forgot) {
            takeBackUncovered(cumulativeTsnAck + 1, nextTsn - 1);
            gapCount = 0;
            return;
        }
        long last = newGapCount == 0 ? cumulativeTsnAck : newGaps[2 * newGapCount - 1];
        for (int i = 0; i < gapCount; i++) {
            takeBackUncovered(Math.max(gaps[2 * i], cumulativeTsnAck + 1), Math.min(gaps[2 * i + 1], last));
        }
    }

    private void takeBackUncovered(long first, long last) {
        int block = firstBlockEndingAt(first);
        for (long tsn = first; tsn <= last; tsn++) {
            while (block < newGapCount && newGaps[2 * block + 1] < tsn) {
                block++;
            }
            if (block < newGapCount && newGaps[2 * block] <= tsn) {
                tsn = newGaps[2 * block + 1];
            } else {
                takeBack(tsn);
            }
        }
    }

    /** The first new block that ends at {@code tsn} or behind it. */
    private int firstBlockEndingAt(long tsn) {
        int low = 0;
        int high = newGapCount;
        while (low < high) {
            int middle = low + high >>> 1;
            if (newGaps[2 * middle + 1] < tsn) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private boolean startsGap(long tsn) {
        return newGapCount > 0 && newGaps[0] == tsn;
    }

    private void takeBack(long tsn) {
        int i = index(tsn);
        if (states[i] != ACKED) {
            return;
        }
        queue.onReneged(message(tsn), lengths[i]);
        states[i] = IN_FLIGHT;
        missing[i] = 1;
        inFlightBytes += lengths[i];
        if (message(tsn).abandoned) {
            abandonChunk(tsn);
        }
    }

    /** Counts a missing report for each TSN in a hole below {@code below}. */
    private void reportMissing(long below) {
        long tsn = cumulativeTsnAck + 1;
        for (int i = 0; i < newGapCount && tsn < below; i++) {
            for (long end = Math.min(newGaps[2 * i], below); tsn < end; tsn++) {
                reportMissingOnce(tsn);
            }
            tsn = newGaps[2 * i + 1] + 1;
        }
    }

    private void reportMissingOnce(long tsn) {
        int i = index(tsn);
        // §7.2.4: a TSN is retransmitted fast once, until a timeout.
        if (states[i] != IN_FLIGHT || missing[i] >= MISSING_REPORTS) {
            return;
        }
        if (++missing[i] == MISSING_REPORTS) {
            markForRetransmission(tsn);
            outcome.lossFound = true;
        }
    }

    private void markForRetransmission(long tsn) {
        int i = index(tsn);
        states[i] = TO_RETRANSMIT;
        inFlightBytes -= lengths[i];
        if (toRetransmit++ == 0 || tsn < retransmitFrom) {
            retransmitFrom = tsn;
        }
    }

    /** The new blocks become the old; those beyond the last reported one stay known. */
    private void swapGaps() {
        long last = newGapCount == 0 ? cumulativeTsnAck : newGaps[2 * newGapCount - 1];
        for (int i = 0; i < gapCount; i++) {
            long start = Math.max(gaps[2 * i], last + 1);
            long end = gaps[2 * i + 1];
            if (start <= end) {
                appendNewGap(start, end);
            }
        }
        long[] old = gaps;
        gaps = newGaps;
        newGaps = old;
        gapCount = newGapCount;
        newGapCount = 0;
    }

    private void appendNewGap(long start, long end) {
        if (newGaps.length < 2 * newGapCount + 2) {
            newGaps = Arrays.copyOf(newGaps, 2 * newGaps.length);
        }
        newGaps[2 * newGapCount] = start;
        newGaps[2 * newGapCount + 1] = end;
        newGapCount++;
    }

    private int index(long tsn) {
        return (int) tsn & states.length - 1;
    }

    private void reserve(int chunks) {
        int capacity = Math.max(64, states.length);
        while (capacity < chunks) {
            capacity *= 2;
        }
        if (capacity == states.length) {
            return;
        }
        @Nullable OutgoingMessage[] oldMessages = messages;
        int[] oldOffsets = offsets;
        int[] oldLengths = lengths;
        byte[] oldStates = states;
        byte[] oldMissing = missing;
        int[] oldTransmissions = transmissions;
        messages = new @Nullable OutgoingMessage[capacity];
        offsets = new int[capacity];
        lengths = new int[capacity];
        states = new byte[capacity];
        missing = new byte[capacity];
        transmissions = new int[capacity];
        for (long tsn = cumulativeTsnAck + 1; tsn < nextTsn; tsn++) {
            int from = (int) tsn & oldStates.length - 1;
            int to = index(tsn);
            messages[to] = oldMessages[from];
            offsets[to] = oldOffsets[from];
            lengths[to] = oldLengths[from];
            states[to] = oldStates[from];
            missing[to] = oldMissing[from];
            transmissions[to] = oldTransmissions[from];
        }
    }
}
