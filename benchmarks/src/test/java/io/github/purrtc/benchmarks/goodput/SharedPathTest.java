package io.github.purrtc.benchmarks.goodput;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In virtual time: what is asserted here is the same on every machine. */
class SharedPathTest {
    private static final long RATE = 100_000_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 20, 50, 100, 200})
    @DisplayName("a path without losses of its own is filled after some seconds, and stays so")
    void fillsThePath(int roundTripMillis) {
        for (Control control : Control.values()) {
            Cell cell = Cell.measure(new Path(RATE, roundTripMillis, 0), control, 1, 6, 6);
            assertTrue(cell.percentOfPath() > 95, cell::toString);
            assertTrue(cell.percentOfPath() < 100, cell::toString);
        }
    }

    @Test
    @DisplayName("the same seed gives the same run")
    void isDeterministic() {
        Path path = new Path(RATE, 20, 0.01);
        assertEquals(Cell.measure(path, Control.NEW_RENO, 1, 1, 2), Cell.measure(path, Control.NEW_RENO, 1, 1, 2));
    }

    @Test
    @DisplayName("a path is never more than full, and what is dropped is counted")
    void keepsToTheRate() {
        Link link = new Link(new Path(RATE, 2, 0), 1160, new java.util.SplittableRandom(1));
        for (int i = 0; i < 1000; i++) {
            link.nextBuffer().position(1160);
            link.send(0, 0);
        }
        int arrived = 0;
        long last = 0;
        while (link.nextArrival() != Long.MAX_VALUE) {
            last = link.nextArrival();
            assertEquals(1160, link.receive().remaining());
            arrived++;
        }
        assertEquals(1000, arrived + link.droppedPackets());
        assertEquals(1_000_000 + arrived * 92_800L, last);
        assertTrue(arrived >= 64 && arrived <= 66, "queue of 64 packets: " + arrived);
    }
}
