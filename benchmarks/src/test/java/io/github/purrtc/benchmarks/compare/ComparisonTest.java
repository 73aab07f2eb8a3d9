package io.github.purrtc.benchmarks.compare;

import io.github.purrtc.benchmarks.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ComparisonTest {
    @Test
    @DisplayName("a run writes a page, charts and all figures, from which the page can be made again")
    void writesThePage(@TempDir Path folder) throws IOException {
        Path readme = Files.writeString(
                folder.resolve("R.md"), "before\n<!-- benchmarks -->\nold\n<!-- end of benchmarks -->\nafter\n");
        Run.text(
                "measure",
                "--tiny",
                "--rounds=1",
                "--contenders=purrtc,plain",
                "--only=udp-latency,setup,two-processes-latency",
                "--out=" + folder,
                "--readme=" + readme);
        String page = Files.readString(folder.resolve("README.md"));
        assertTrue(page.contains("| | purrtc |"), page);
        assertTrue(page.matches("(?s).*\\| round trip in two processes, median, µs \\| [0-9].*"), page);
        assertTrue(page.contains("(round-trips.svg)"), page);
        assertTrue(Files.readString(folder.resolve("round-trips.svg")).contains("<svg"));
        assertFalse(Files.exists(folder.resolve("cpu.svg")), "a chart of nothing");
        String summary = Files.readString(readme);
        assertTrue(summary.startsWith("before\n<!-- benchmarks -->\n| | purrtc"), summary);
        assertTrue(summary.endsWith("<!-- end of benchmarks -->\nafter\n"), summary);

        Files.delete(folder.resolve("README.md"));
        Run.text("measure", "--from=" + folder.resolve("results.json"), "--out=" + folder);
        assertEquals(page, Files.readString(folder.resolve("README.md")));
    }
}
