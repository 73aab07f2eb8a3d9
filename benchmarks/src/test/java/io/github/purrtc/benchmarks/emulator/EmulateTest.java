package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.purrtc.benchmarks.Run;
import io.github.purrtc.benchmarks.process.Jvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class EmulateTest {
    @Test
    @DisplayName("two processes meet through the relay, and what one sends gets through what it loses")
    void connects() throws IOException {
        String printed = Run.text(
                "emulate",
                "--delay=10",
                "--loss=2",
                "--seed=7",
                "--between",
                measure("signal", "offer", "source", "1000", "--warmup=0", "--seconds=1.5"),
                measure("signal", "answer", "sink"));
        List<JsonNode> lines = new ArrayList<>();
        for (String line : printed.split("\n")) {
            lines.add(new JsonMapper().readTree(line.substring(line.indexOf('{'))));
        }
        assertTrue(lines.stream().anyMatch(line -> line.path("bytes").asLong() > 1_000), printed);
        JsonNode relay = lines.get(lines.size() - 1);
        assertTrue(relay.path("passed").asLong() > 100 && relay.path("lost").asLong() > 0, printed);
    }

    private static String measure(String... arguments) {
        List<String> all = new ArrayList<>(List.of("measure"));
        all.addAll(List.of(arguments));
        return String.join(" ", Jvm.likeThis().command(all));
    }
}
