package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IdleHeapTest {
    private final Results results = Results.of(new Machine("processor", 2, "kernel", "jdk"), "today", "measure", 1);

    @Test
    @DisplayName("the classes of a run are a table")
    void table() throws IOException {
        String figures = """
                {"base_MB": 50, "pairs2": {"heap_kB_per_connection": 41.5, "heap_classes": {"byte[]": 1234.5, "int[]": 96}}}""";
        results.add("idle", Contender.PURRTC, 1, 0, new JsonMapper().readTree(figures));
        String text = new IdleHeap(results).text();
        assertTrue(text.contains("41.5 KB of heap"), text);
        assertTrue(
                text.endsWith("| --- | ---: |\n| `byte[]` | %s |\n| `int[]` | %s |\n"
                        .formatted(Spread.number(1234.5), Spread.number(96))),
                text);
    }

    @Test
    @DisplayName("nothing counted, nothing said")
    void nothing() {
        assertEquals("", new IdleHeap(results).text());
    }
}
