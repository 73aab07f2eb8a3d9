package io.github.purrtc.sctp.rx;

import java.util.Arrays;

/**
 * Which TSNs arrived: the Cumulative TSN Ack Point, what came in beyond it as a ring of bits, and the duplicates to report. TSNs are
 * unwrapped.
 */
public final class ReceivedTsns {
    /** A TSN further ahead could not be acknowledged: a gap ack block's offset has 16 bits (RFC 9260 §3.3.4). */
    public static final int MAX_OFFSET = 65_535;

    /** Duplicates are reported for information only (§3.3.4): a few do. */
    public static final int MAX_DUPLICATES = 20;

    /** What a TSN is to the receiver. */
    public enum Arrival {
        /** The one after the Cumulative TSN Ack Point. */
        NEXT,
        /** New, with a gap before it. */
        AHEAD,
        DUPLICATE,
        /** Too far ahead to be acknowledged. */
        OUT_OF_RANGE
    }

    private int[] duplicates = {};
    private int duplicateCount;

    private long[] bits = new long[1];
    private long cumulativeTsn;
    private long highestTsn;

    /** @param initialTsn the peer's first TSN, unwrapped */
    public ReceivedTsns(long initialTsn) {
        cumulativeTsn = initialTsn - 1;
        highestTsn = cumulativeTsn;
    }

    public long cumulativeTsn() {
        return cumulativeTsn;
    }

    /** The highest TSN received, or the cumulative one where there is no gap. */
    public long highestTsn() {
        return highestTsn;
    }

    public boolean hasGap() {
        return highestTsn > cumulativeTsn;
    }

    public Arrival classify(long tsn) {
        if (tsn == cumulativeTsn + 1) {
            return Arrival.NEXT;
        }
        if (tsn <= cumulativeTsn || (tsn <= highestTsn && isSet(tsn))) {
            return Arrival.DUPLICATE;
        }
        return tsn - cumulativeTsn > MAX_OFFSET ? Arrival.OUT_OF_RANGE : Arrival.AHEAD;
    }

    /** Takes in a TSN that is {@link Arrival#NEXT} or {@link Arrival#AHEAD}. */
    public void add(long tsn) {
        if (tsn == cumulativeTsn + 1) {
            cumulativeTsn = tsn;
            if (highestTsn < tsn) {
                highestTsn = tsn;
            } else {
                absorb();
            }
            return;
        }
        reserve(tsn - cumulativeTsn);
        bits[word(tsn)] |= 1L << tsn;
        highestTsn = Math.max(highestTsn, tsn);
    }

    public void addDuplicate(long tsn) {
        if (duplicates.length == 0) {
            duplicates = new int[MAX_DUPLICATES];
        }
        if (duplicateCount < MAX_DUPLICATES) {
            duplicates[duplicateCount++] = (int) tsn;
        }
    }

    /** RFC 3758 §3.6: everything up to {@code newCumulativeTsn}, which is ahead of the present one, counts as received. */
    public void skipTo(long newCumulativeTsn) {
        if (newCumulativeTsn >= highestTsn) {
            Arrays.fill(bits, 0);
            cumulativeTsn = newCumulativeTsn;
            highestTsn = newCumulativeTsn;
            return;
        }
        for (long tsn = nextSet(cumulativeTsn + 1); tsn <= newCumulativeTsn; tsn = nextSet(tsn + 1)) {
            bits[word(tsn)] &= ~(1L << tsn);
        }
        cumulativeTsn = newCumulativeTsn;
        absorb();
    }

    /**
     * Writes start and end of each gap ack block, as offsets from the Cumulative TSN Ack Point, lowest first.
     *
     * @return how many blocks were written, at most half the array's length
     */
    public int gapAckBlocks(int[] blocks) {
        int count = 0;
        long start = hasGap() ? nextSet(cumulativeTsn + 1) : highestTsn + 1;
        while (start <= highestTsn && 2 * count < blocks.length - 1) {
            long end = nextClear(start) - 1;
            blocks[2 * count] = (int) (start - cumulativeTsn);
            blocks[2 * count + 1] = (int) (end - cumulativeTsn);
            count++;
            start = nextSet(end + 1);
        }
        return count;
    }

    public int[] duplicates() {
        return duplicates;
    }

    public int duplicateCount() {
        return duplicateCount;
    }

    public void clearDuplicates() {
        duplicateCount = 0;
    }

    /** The room for large gaps is let go of where there is none. */
    void onIdle() {
        if (!hasGap()) {
            bits = new long[1];
        }
    }

    private void absorb() {
        long firstMissing = nextClear(cumulativeTsn + 1);
        for (long tsn = cumulativeTsn + 1; tsn < firstMissing; tsn++) {
            bits[word(tsn)] &= ~(1L << tsn);
        }
        cumulativeTsn = firstMissing - 1;
        highestTsn = Math.max(highestTsn, cumulativeTsn);
    }

    private boolean isSet(long tsn) {
        return (bits[word(tsn)] & 1L << tsn) != 0;
    }

    private int word(long tsn) {
        return (int) (tsn >>> 6) & bits.length - 1;
    }

    private long nextSet(long from) {
        long tsn = from;
        while (tsn <= highestTsn) {
            long word = bits[word(tsn)] >>> tsn;
            if (word != 0) {
                return tsn + Long.numberOfTrailingZeros(word);
            }
            tsn = (tsn | 63) + 1;
        }
        return highestTsn + 1;
    }

    private long nextClear(long from) {
        long tsn = from;
        while (tsn <= highestTsn) {
            long word = ~bits[word(tsn)] >>> tsn;
            if (word != 0) {
                return Math.min(highestTsn + 1, tsn + Long.numberOfTrailingZeros(word));
            }
            tsn = (tsn | 63) + 1;
        }
        return highestTsn + 1;
    }

    /** Makes room for so many TSNs behind the cumulative one; one word more, for the first one may lie in the middle of a word. */
    private void reserve(long span) {
        int words = bits.length;
        while (words * 64L < span + 64) {
            words *= 2;
        }
        if (words == bits.length) {
            return;
        }
        long[] old = bits;
        long[] grown = new long[words];
        for (long tsn = cumulativeTsn + 1; tsn <= highestTsn; tsn = (tsn | 63) + 1) {
            grown[(int) (tsn >>> 6) & words - 1] = old[(int) (tsn >>> 6) & old.length - 1];
        }
        bits = grown;
    }
}
