package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.packet.SackView;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.tx.SentData.FIRST;
import static io.github.purrtc.sctp.tx.SentData.LENGTH;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** 100 chunks of 10 bytes, of which every second one of the first 40 has arrived, and a peer that reports 20 gaps. */
class ReceiptedDataTest {
    private static final int CHUNKS = 100;
    private static final int BLOCKS = 20;
    /** The end of the last block. */
    private static final long REPORTED = FIRST + 2 * BLOCKS - 1;

    private final SentData sent = new SentData();
    private final OutstandingData data = sent.data;
    private final Acknowledgements acknowledgements = sent.acknowledgements;

    @BeforeEach
    void send() {
        sent.send(CHUNKS, i -> 0);
        for (int i = CHUNKS / 2; i < CHUNKS; i++) {
            data.setWithReceipt(FIRST + i);
        }
        sack(FIRST - 1, BLOCKS);
        sack(FIRST - 1, BLOCKS);
        assertEquals((CHUNKS - BLOCKS) * LENGTH, data.inFlightBytes());
        assertEquals(REPORTED, acknowledgements.reportedUpTo());
    }

    @Test
    @DisplayName("what was sent with a receipt, and lies behind the last block, counts; nothing else does, nor twice")
    void countsWhatWasAskedFor() {
        data.setWithReceipt(FIRST + 38);
        assertNull(receipt(FIRST, 40), "reported missing");
        assertNull(receipt(FIRST + 45, 5), "not asked for");
        assertNull(receipt(FIRST + CHUNKS, 255), "not sent");
        assertNull(receipt(FIRST - 255, 255), "long acknowledged");
        SackOutcome outcome = receipt(FIRST + 45, 10);
        assertNotNull(outcome);
        assertEquals(5 * LENGTH, outcome.bytesAcked);
        assertEquals((CHUNKS - BLOCKS - 5) * LENGTH, data.inFlightBytes());
        assertNull(receipt(FIRST + 45, 10), "again");
    }

    @Test
    @DisplayName("a SACK that still ends before it takes no receipt back; one that reaches it and denies it does")
    void aSackIsTheAuthority() {
        receipt(FIRST + 50, 2);
        sack(FIRST - 1, BLOCKS);
        assertTrue(data.hasArrived(FIRST + 50));
        // Z -> cumulative 29, missing 30, 32, ..., 68 -> A
        sack(FIRST + 29, BLOCKS);
        assertFalse(data.hasArrived(FIRST + 50), "it was reported missing");
        assertTrue(data.hasArrived(FIRST + 51));
    }

    @Test
    @DisplayName("what comes next is missing, whatever a receipt said; the receipts behind it hold")
    void theNextOneIsMissing() {
        receipt(FIRST + 50, 1);
        receipt(FIRST + 95, 3);
        sack(FIRST + 49, BLOCKS);
        assertFalse(data.hasArrived(FIRST + 50));
        assertTrue(data.hasArrived(FIRST + 95));
    }

    @Test
    @DisplayName("a SACK with fewer blocks than the limit hides nothing, and takes back all that it does not report")
    void fewBlocksHideNothing() {
        receipt(FIRST + 50, 10);
        sack(FIRST + 49, 0);
        assertEquals((CHUNKS - 50) * LENGTH, data.inFlightBytes());
    }

    @Test
    @DisplayName("a timeout takes back what receipts alone told, and not what a SACK did")
    void aTimeoutForgets() {
        receipt(FIRST + 60, 10);
        acknowledgements.forgetReceipts();
        assertEquals((CHUNKS - BLOCKS) * LENGTH, data.inFlightBytes());
        assertTrue(data.isAcked(FIRST + 1));
        assertTrue(acknowledgements.knownGaps().contains(FIRST + 1));
        assertFalse(acknowledgements.knownGaps().contains(FIRST + 60));
        assertNotNull(receipt(FIRST + 60, 10), "it may be told again");
    }

    @Test
    @DisplayName("a receipt for another transmission than the last tells nothing of the time")
    void anotherTransmissionHasNoTime() {
        SackOutcome outcome = acknowledgements.handleReceipt(FIRST + 50, 1, 2);
        assertNotNull(outcome);
        assertEquals(-1, outcome.originalTsn);
        outcome = acknowledgements.handleReceipt(FIRST + 51, 1, 1);
        assertNotNull(outcome);
        assertEquals(FIRST + 51, outcome.originalTsn);
    }

    @Test
    @DisplayName("of what was sent again, and is told late, nobody knows which transmission arrived, nor when")
    void sentAgainAndToldLate() {
        sendAgain(FIRST + 45);
        SackOutcome outcome =
                acknowledgements.handleSack(FIRST + 45, SackViews.of(FIRST + 45, SentData.everySecond(BLOCKS)), false);
        assertNotNull(outcome);
        assertEquals(-1, outcome.repeatedTsn);
    }

    @Test
    @DisplayName(
            "of what was sent twice a receipt alone tells the time, and to get it twice tells of nothing that was in vain")
    void sentTwice() {
        sendTwice(FIRST);
        assertFalse(data.wasSentAgain(FIRST));
        SackOutcome outcome =
                acknowledgements.handleSack(FIRST, SackViews.of(FIRST, SentData.everySecond(BLOCKS)), false);
        assertNotNull(outcome);
        assertEquals(-1, outcome.repeatedTsn, "as the SACK says");
        sendTwice(FIRST + 60);
        data.setWithReceipt(FIRST + 60);
        outcome = acknowledgements.handleReceipt(FIRST + 60, 1, 3);
        assertNotNull(outcome);
        assertEquals(FIRST + 60, outcome.repeatedTsn, "as the receipt says");
    }

    @Test
    @DisplayName("what is sent once more because it was lost tells both")
    void sentAgain() {
        sendAgain(FIRST);
        assertTrue(data.wasSentAgain(FIRST));
        SackOutcome outcome =
                acknowledgements.handleSack(FIRST, SackViews.of(FIRST, SentData.everySecond(BLOCKS)), false);
        assertNotNull(outcome);
        assertEquals(FIRST, outcome.repeatedTsn);
    }

    private void sendAgain(long tsn) {
        data.markForRetransmission(tsn);
        data.onRetransmitted(tsn, 1);
    }

    private void sendTwice(long tsn) {
        sendAgain(tsn);
        data.sendTwice(tsn);
        data.onRetransmitted(tsn, 2);
    }

    @Test
    @DisplayName("what was given up stays so, whatever its receipt says")
    void givenUp() {
        data.abandon(data.message(FIRST + 50));
        assertNull(receipt(FIRST + 50, 1));
        assertFalse(data.hasArrived(FIRST + 50));
    }

    @Test
    @DisplayName("where SACKs tell all there is, a receipt counts for nothing")
    void nothingIsHidden() {
        sack(FIRST + 10, 15);
        assertEquals(Long.MAX_VALUE, acknowledgements.reportedUpTo());
        assertNull(receipt(FIRST + 50, 10));
        assertNull(receipt(FIRST - 100, 255));
        assertFalse(data.hasArrived(FIRST + 50));
    }

    @Test
    @DisplayName("16 blocks, twice, when there were never more, may be all that a peer reports; 15 are not")
    void theFewestThatHide() {
        Acknowledgements fresh = new Acknowledgements(data);
        assertNotNull(fresh.handleSack(FIRST - 1, SackViews.of(FIRST - 1, SentData.everySecond(15)), false));
        assertEquals(Long.MAX_VALUE, fresh.reportedUpTo());
        SackView sixteen = SackViews.of(FIRST - 1, SentData.everySecond(16));
        assertNotNull(fresh.handleSack(FIRST - 1, sixteen, false));
        assertEquals(Long.MAX_VALUE, fresh.reportedUpTo());
        assertNotNull(fresh.handleSack(FIRST - 1, sixteen, false));
        assertEquals(FIRST + 31, fresh.reportedUpTo());
        assertNotNull(fresh.handleSack(FIRST, SackViews.of(FIRST, SentData.everySecond(18)), false));
        assertEquals(Long.MAX_VALUE, fresh.reportedUpTo());
        int[] duplicates = {(int) FIRST, (int) FIRST};
        SackView full = SackViews.of(FIRST + 1, SentData.everySecond(16), duplicates);
        assertNotNull(fresh.handleSack(FIRST + 1, full, false));
        assertEquals(FIRST + 33, fresh.reportedUpTo(), "duplicates have the room of two");
    }

    @Test
    @DisplayName("what a SACK tells of late tells no time, and no reordering; what the one before could have told does")
    void toldLate() {
        SackOutcome outcome = acknowledgements.handleSack(FIRST + 59, SackViews.of(FIRST + 59), false);
        assertNotNull(outcome);
        assertEquals(FIRST + 59, outcome.originalTsn);
        assertTrue(outcome.isOriginalLate);
        assertTrue(outcome.reordered, "38 came after 39");
        outcome = acknowledgements.handleSack(FIRST + 61, SackViews.of(FIRST + 61), false);
        assertNotNull(outcome);
        assertFalse(outcome.isOriginalLate);
        assertFalse(outcome.reordered);
    }

    @Test
    @DisplayName("what one SACK told is not told again where none came")
    void isToldOnce() {
        sack(FIRST - 1, BLOCKS + 1);
        sack(FIRST - 1, BLOCKS + 2);
        assertTrue(data.hasToRetransmit(), "reported missing three times");
        SackOutcome outcome = acknowledgements.withoutSack();
        assertFalse(outcome.lossFound);
        sack(FIRST + 1, BLOCKS);
        outcome = acknowledgements.handleCumulativeAck(FIRST + 1);
        assertNotNull(outcome);
        assertEquals(0, outcome.bytesAcked);
        assertNull(acknowledgements.handleCumulativeAck(FIRST + CHUNKS));
    }

    private @Nullable SackOutcome receipt(long first, int count) {
        return acknowledgements.handleReceipt(first, count, 1);
    }

    /** Reports every second TSN behind the ack point, so many of them. */
    private void sack(long cumulative, int blocks) {
        assertNotNull(
                acknowledgements.handleSack(cumulative, SackViews.of(cumulative, SentData.everySecond(blocks)), false));
    }
}
