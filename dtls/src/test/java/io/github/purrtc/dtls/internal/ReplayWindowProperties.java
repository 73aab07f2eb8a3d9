package io.github.purrtc.dtls.internal;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;

class ReplayWindowProperties {
    /** The model remembers everything. */
    @Property(tries = 500)
    void agreesWithASet(@ForAll @Size(max = 200) List<@IntRange(max = 300) Integer> numbers) {
        ReplayWindow window = new ReplayWindow();
        Set<Integer> seen = new HashSet<>();
        int latest = -1;
        for (int number : numbers) {
            boolean expected = number > latest - 64 && seen.add(number);
            assertEquals(expected, window.accept(number), numbers + " at " + number);
            latest = Math.max(latest, number);
        }
    }
}
