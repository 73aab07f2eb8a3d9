package io.github.purrtc.benchmarks;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class BenchmarksTest {
    @Test
    @DisplayName("goodput writes its page and the chart beside it")
    void writesThePage(@TempDir Path folder) throws IOException {
        Path page = folder.resolve("page.md");
        int exitCode = Benchmarks.commandLine()
                .execute(
                        "goodput",
                        "--fast-rate=20",
                        "--fast-seconds=1",
                        "--rates=10",
                        "--round-trips=20",
                        "--losses=0,1",
                        "--seeds=1",
                        "--warmup=1",
                        "--seconds=1",
                        "--out=" + page);
        assertEquals(0, exitCode);
        String text = Files.readString(page);
        assertTrue(text.contains("| round trip | loss 0 % | loss 1 % |"), text);
        assertTrue(text.contains("## 20 Mbit/s, BBR"), text);
        assertTrue(text.contains("| 0 ms |"), text);
        assertTrue(text.contains("(page.svg)"), text);
        assertTrue(Files.readString(folder.resolve("page.svg")).contains("<svg"));
    }

    @Test
    @DisplayName("what stands behind jmh goes to JMH as it is")
    void passesOptionsThrough() {
        var parsed = Benchmarks.commandLine().parseArgs("jmh", "-prof", "gc", "-f", "1", "Packet.*");
        assertEquals(
                List.of("-prof", "gc", "-f", "1", "Packet.*"),
                parsed.subcommand().matchedPositional(0).getValue());
    }

    @Test
    @DisplayName("JMH finds the benchmarks")
    void listsBenchmarks() throws IOException {
        try (var list = Benchmarks.class.getResourceAsStream("/META-INF/BenchmarkList")) {
            assertNotNull(list, "the annotation processor did not run");
            String text = new String(list.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
            for (String name : List.of("Association", "Packet", "Record", "Stun")) {
                assertTrue(text.contains(name + "Benchmark"), text);
            }
        }
    }
}
