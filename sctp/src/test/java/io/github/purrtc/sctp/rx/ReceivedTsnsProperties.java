package io.github.purrtc.sctp.rx;

import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ReceivedTsnsProperties {
    private static final long FIRST = (1L << 32) - 50;

    /** C72, C74, C76, C78: against a set of numbers, across the wrap of the 32-bit TSN. */
    @Property(tries = 500)
    void behavesLikeASet(@ForAll int seed, @ForAll @IntRange(min = 1, max = 400) int spread) {
        SplittableRandom random = new SplittableRandom(seed);
        ReceivedTsns tsns = new ReceivedTsns(FIRST);
        TreeSet<Long> ahead = new TreeSet<>();
        long cumulative = FIRST - 1;
        for (int step = 0; step < 300; step++) {
            if (random.nextInt(40) == 0) {
                long to = cumulative + 1 + random.nextInt(spread);
                tsns.skipTo(to);
                cumulative = to;
            } else {
                long tsn = cumulative - 3 + random.nextInt(spread + 3);
                boolean isNew = tsn > cumulative && !ahead.contains(tsn);
                ReceivedTsns.Arrival expected = !isNew
                        ? ReceivedTsns.Arrival.DUPLICATE
                        : tsn == cumulative + 1 ? ReceivedTsns.Arrival.NEXT : ReceivedTsns.Arrival.AHEAD;
                assertEquals(expected, tsns.classify(tsn));
                if (isNew) {
                    tsns.add(tsn);
                    ahead.add(tsn);
                }
            }
            ahead.headSet(cumulative, true).clear();
            while (ahead.remove(cumulative + 1)) {
                cumulative++;
            }
            assertEquals(cumulative, tsns.cumulativeTsn());
            assertEquals(ahead.isEmpty() ? cumulative : ahead.last(), tsns.highestTsn());
            assertEquals(blocks(ahead, cumulative), gapAckBlocks(tsns, 1_000));
        }
    }

    /** RFC 9260 §3.3.4, the example with its figure. */
    @Example
    void exampleOfTheRfc() {
        ReceivedTsns tsns = new ReceivedTsns(10);
        for (long tsn : new long[] {10, 11, 12, 14, 15, 17}) {
            tsns.add(tsn);
        }
        assertEquals(12, tsns.cumulativeTsn());
        assertEquals(List.of(2, 3, 5, 5), gapAckBlocks(tsns, 10));
    }

    /** C75: as many blocks as there is room for, the lowest. */
    @Example
    void limitsBlocks() {
        ReceivedTsns tsns = new ReceivedTsns(1);
        for (long tsn = 2; tsn < 60_000; tsn += 2) {
            tsns.add(tsn);
        }
        assertEquals(List.of(2, 2, 4, 4, 6, 6), gapAckBlocks(tsns, 3));
    }

    /** C77 */
    @Example
    void refusesWhatCannotBeAcknowledged() {
        ReceivedTsns tsns = new ReceivedTsns(1);
        assertEquals(ReceivedTsns.Arrival.AHEAD, tsns.classify(65_535));
        assertEquals(ReceivedTsns.Arrival.OUT_OF_RANGE, tsns.classify(65_536));
        assertEquals(ReceivedTsns.Arrival.OUT_OF_RANGE, tsns.classify(1L << 31));
        tsns.add(65_535);
        assertEquals(ReceivedTsns.Arrival.DUPLICATE, tsns.classify(65_535));
        assertEquals(List.of(65_535, 65_535), gapAckBlocks(tsns, 3));
    }

    /** C75 */
    @Example
    void limitsDuplicates() {
        ReceivedTsns tsns = new ReceivedTsns(1);
        for (int i = 0; i < 100; i++) {
            tsns.addDuplicate(1);
        }
        assertEquals(ReceivedTsns.MAX_DUPLICATES, tsns.duplicateCount());
        tsns.clearDuplicates();
        assertEquals(0, tsns.duplicateCount());
    }

    private static List<Integer> gapAckBlocks(ReceivedTsns tsns, int max) {
        int[] blocks = new int[2 * max];
        int count = tsns.gapAckBlocks(blocks);
        List<Integer> result = new ArrayList<>();
        for (int i = 0; i < 2 * count; i++) {
            result.add(blocks[i]);
        }
        return result;
    }

    private static List<Integer> blocks(TreeSet<Long> ahead, long cumulative) {
        List<Integer> result = new ArrayList<>();
        for (long tsn : ahead) {
            int offset = (int) (tsn - cumulative);
            if (!result.isEmpty() && result.get(result.size() - 1) == offset - 1) {
                result.set(result.size() - 1, offset);
            } else {
                result.add(offset);
                result.add(offset);
            }
        }
        return result;
    }
}
