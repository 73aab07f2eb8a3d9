package io.github.purrtc.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.benchmarks.process.Jvm;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SignallingTest {
    private final BlockingQueue<JsonNode> results = new LinkedBlockingQueue<>();
    private final CountDownLatch candidateEnds = new CountDownLatch(2);

    @Test
    @DisplayName("two processes connect by lines of JSON: one pings, the other echoes")
    void pingsAnotherProcess() throws IOException, InterruptedException {
        try (Child offerer = Child.start(
                        Jvm.likeThis().command(List.of("measure", "signal", "offer", "ping", "--count=100")));
                Child answerer = Child.start(Jvm.likeThis().command(List.of("measure", "signal", "answer", "echo")))) {
            offerer.read(line -> relay(line, answerer));
            answerer.read(line -> relay(line, offerer));
            JsonNode result = results.poll(30, TimeUnit.SECONDS);
            assertNotNull(result, "no result");
            assertTrue(candidateEnds.await(30, TimeUnit.SECONDS), "both say when there are no more candidates");
            assertEquals(100, result.path("count").asInt(), result.toString());
            offerer.say("{\"type\":\"bye\"}");
            answerer.say("{\"type\":\"bye\"}");
            assertTrue(offerer.awaitEnd() && answerer.awaitEnd(), "they do not end");
        }
    }

    private void relay(JsonNode line, Child other) {
        if (!line.has("event")) {
            other.say(line.toString());
            if (line.has("candidate") && line.path("candidate").asText().isEmpty()) {
                candidateEnds.countDown();
            }
        } else if (line.path("event").asText().equals("result")) {
            results.add(line);
        }
    }
}
