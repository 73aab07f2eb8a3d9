package io.github.purrtc.examples;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(60)
class ThroughputTest {
    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(ints = {1, 64, 65_536, 1_000_000})
    void countsWhatArrives(int messageSize) throws Exception {
        try (LoopbackPair pair = LoopbackPair.connect(ThroughputRun.configuration(messageSize, 1_450));
                Progress progress = new Progress(new PrintStream(lines, true, StandardCharsets.UTF_8), false)) {
            ThroughputResult result = new ThroughputRun(pair, messageSize, progress).measure(0, 1);
            assertEquals(messageSize, result.messageBytes());
            assertEquals(result.bytes(), result.messages() * messageSize);
            assertTrue(result.messages() > 0);
            assertTrue(result.cpuSeconds() > 0);
        }
        String line = lines.toString(StandardCharsets.UTF_8);
        assertTrue(line.matches("(?s)measuring +1/1 s +[\\d.]+ MB/s +[\\d,]+ messages/s\\R"), line);
    }

    @Test
    void reportsForPeopleAndForPrograms() {
        ThroughputResult result = new ThroughputResult(65_536, 10, 5_000_003_584L, 76_294, 16.5, "nio");
        assertEquals("""
                received    76,294 messages of 65,536 bytes in 10.0 s: 5.00 GB
                throughput  500.0 MB/s
                messages    7,629/s
                CPU         3.30 s per GB (1.65 cores)
                sockets     nio""", result.toText());
        JsonNode json = Json.parseObject(result.toJson());
        assertEquals(65_536, json.get("messageBytes").intValue());
        assertEquals(500.0003584, json.get("megabytesPerSecond").doubleValue(), 1e-9);
        assertEquals(3.3, json.get("cpuSecondsPerGigabyte").doubleValue(), 1e-3);
    }
}
