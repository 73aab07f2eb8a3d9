package io.github.purrtc.dtls.internal;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

class ReplayWindowProperties {
    /** The model remembers everything: what came is never new, and what did not is while it lies in the window. */
    @Property(tries = 500)
    void agreesWithASet(
            @ForAll @Size(max = 200) List<@IntRange(max = 3000) Integer> numbers,
            @ForAll @IntRange(min = 6, max = 10) int sizeExponent) {
        int size = 1 << sizeExponent;
        ReplayWindow window = new ReplayWindow(size);
        Set<Integer> seen = new HashSet<>();
        int latest = -1;
        for (int number : numbers) {
            boolean isNew = window.isNew(number);
            if (seen.contains(number)) {
                assertFalse(isNew, numbers + " at " + number);
            } else if (number >= latest - size) {
                assertEquals(true, isNew, numbers + " at " + number);
            }
            if (isNew) {
                window.add(number);
                seen.add(number);
                latest = Math.max(latest, number);
            }
        }
    }
}
