package io.github.purrtc.sctp.tx;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Against a set of numbers. */
class GapAckBlocksProperties {
    private static final long FIRST = 1L << 32;
    private static final int SPREAD = 60;

    @Property(tries = 500)
    void isTheSetOfWhatWasInserted(@ForAll @Size(max = 100) List<@IntRange(max = SPREAD) Integer> offsets) {
        GapAckBlocks blocks = new GapAckBlocks();
        TreeSet<Long> set = new TreeSet<>();
        insertAll(offsets, blocks, set);
        assertEquals(runs(set), runs(blocks));
        for (long tsn = FIRST - 1; tsn <= FIRST + SPREAD + 1; tsn++) {
            assertEquals(set.contains(tsn), blocks.contains(tsn));
        }
        assertEquals(set.isEmpty() ? -1 : set.last(), blocks.lastEnd(-1));
    }

    @Property(tries = 500)
    void takesOverWhatLiesBehind(
            @ForAll @Size(max = 40) List<@IntRange(max = SPREAD / 2) Integer> own,
            @ForAll @Size(max = 40) List<@IntRange(max = SPREAD) Integer> others) {
        GapAckBlocks blocks = new GapAckBlocks();
        TreeSet<Long> set = new TreeSet<>();
        insertAll(own, blocks, set);
        long last = FIRST + SPREAD / 2;
        GapAckBlocks other = new GapAckBlocks();
        TreeSet<Long> behind = new TreeSet<>();
        insertAll(others, other, behind);
        blocks.addBehind(last, other);
        set.addAll(behind.tailSet(last, false));
        assertEquals(set, all(blocks));
        blocks.clear();
        assertEquals(0, blocks.count());
    }

    private static void insertAll(List<Integer> offsets, GapAckBlocks blocks, TreeSet<Long> set) {
        for (int offset : offsets) {
            blocks.insert(FIRST + offset);
            set.add(FIRST + offset);
        }
    }

    private static TreeSet<Long> all(GapAckBlocks blocks) {
        TreeSet<Long> all = new TreeSet<>();
        for (int i = 0; i < blocks.count(); i++) {
            for (long tsn = blocks.start(i); tsn <= blocks.end(i); tsn++) {
                all.add(tsn);
            }
        }
        return all;
    }

    private static List<List<Long>> runs(GapAckBlocks blocks) {
        List<List<Long>> runs = new ArrayList<>();
        for (int i = 0; i < blocks.count(); i++) {
            runs.add(List.of(blocks.start(i), blocks.end(i)));
        }
        return runs;
    }

    private static List<List<Long>> runs(TreeSet<Long> set) {
        List<List<Long>> runs = new ArrayList<>();
        for (long tsn : set) {
            if (set.contains(tsn - 1)) {
                runs.set(runs.size() - 1, List.of(runs.get(runs.size() - 1).get(0), tsn));
            } else {
                runs.add(List.of(tsn, tsn));
            }
        }
        return runs;
    }
}
