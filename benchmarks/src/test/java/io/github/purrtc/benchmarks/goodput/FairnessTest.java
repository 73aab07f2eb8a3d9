package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.Run;
import io.github.purrtc.benchmarks.emulator.Delays;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** In virtual time: what is asserted here is the same on every machine. */
class FairnessTest {
    private static final Path PATH = new Path(20_000_000, 20, 0);

    @Test
    @DisplayName("two NewReno flows share a path about evenly, and fill it")
    void shares() {
        Sharing sharing = Sharing.measure(PATH, Control.NEW_RENO, Control.NEW_RENO, 1, 30);
        assertEquals(0.5, sharing.median().firstShare(), 0.15, sharing::toString);
        assertTrue(sharing.median().fill() > 0.9 && sharing.median().fill() < 1, sharing::toString);
        assertTrue(sharing.median().queueMillis() > 0 && sharing.median().queueMillis() < 30, sharing::toString);
    }

    @Test
    @DisplayName("the same seeds give the same shares")
    void isDeterministic() {
        assertEquals(
                Sharing.measure(PATH, Control.BBR, Control.NEW_RENO, 2, 5),
                Sharing.measure(PATH, Control.BBR, Control.NEW_RENO, 2, 5));
    }

    @Test
    @DisplayName("what waited is counted by its time")
    void countsWaiting() {
        Delays delay = new Delays();
        for (int millis = 1; millis <= 100; millis++) {
            delay.add(millis * 1_000_000L - 1);
        }
        assertEquals(50.5, delay.meanMillis(), 0.01);
        assertEquals(95, delay.quantileMillis(0.95), 0.11);
        delay.reset();
        assertEquals(0, delay.quantileMillis(0.95));
    }

    @Test
    @DisplayName("the command prints a row for each pair and path")
    void prints(@TempDir java.nio.file.Path folder) throws java.io.IOException {
        java.nio.file.Path page = folder.resolve("page.md");
        String printed = Run.text(
                "fairness",
                "--first=bbr",
                "--second=cubic",
                "--shared-rates=20",
                "--shared-round-trips=10,20",
                "--shared-queues=1,0.5",
                "--out=" + page,
                "--shared-seeds=1",
                "--shared-seconds=2");
        assertEquals(
                4, printed.lines().filter(line -> line.contains("BBR | CUBIC")).count(), printed);
        assertTrue(printed.contains("## A queue of 0.5 bandwidth-delay products"), printed);
        assertEquals(printed, java.nio.file.Files.readString(page));
    }
}
