package io.github.purrtc.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.Run;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Each mode once, for a moment: that it measures, not what. */
class MeasureTest {
    @ParameterizedTest
    @CsvSource({"65536, auto", "64, nio"})
    @DisplayName("throughput counts what arrives, and the bytes fit the messages")
    void throughput(int size, String transport) throws IOException {
        JsonNode line = Run.json(
                "measure", "throughput", "" + size, "--seconds=0.3", "--warmup=0.2", "--transport=" + transport);
        double messages = line.path("msgs_s").asDouble();
        assertTrue(messages > 0, line.toString());
        assertEquals(line.path("MBps").asDouble() * 1e6 / size, messages, messages / 1000);
        assertTrue(transport.equals("auto") || line.path("version").asText().contains(transport), line.toString());
    }

    @Test
    @DisplayName("throughput of unordered messages without retransmission")
    void unreliable() throws IOException {
        JsonNode line = Run.json("measure", "throughput", "64", "--seconds=0.3", "--warmup=0.2", "--unreliable");
        assertTrue(line.path("MBps").asDouble() > 0, line.toString());
        assertTrue(line.path("unreliable").asBoolean(), line.toString());
    }

    @Test
    @DisplayName("a profile shares out all of the time and all of the garbage")
    void profile() throws IOException {
        JsonNode profile = Run.json("measure", "throughput", "--profile", "--seconds=0.5", "--warmup=0.5")
                .path("profile");
        assertEquals(100, sum(profile.path("cpu")), 0.1, profile.toString());
        double garbage = profile.path("garbage_per_packet").asDouble();
        assertEquals(garbage, sum(profile.path("garbage")), garbage / 1000, profile.toString());
        assertTrue(profile.path("garbage").has("the JDK's cipher"), profile.toString());
        assertTrue(profile.path("message_garbage_per_packet").asDouble() > 0, profile.toString());
    }

    private static double sum(JsonNode shares) {
        return shares.properties().stream()
                .mapToDouble(share -> share.getValue().asDouble())
                .sum();
    }

    @Test
    @DisplayName("the percentiles of round trips rise")
    void latency() throws IOException {
        JsonNode line = Run.json("measure", "latency", "--count=200");
        assertEquals(200, line.path("count").asInt());
        double last = 0;
        for (String percentile : new String[] {"p50_us", "p90_us", "p99_us", "max_us"}) {
            double value = line.path(percentile).asDouble();
            assertTrue(value > 0 && value >= last, line.toString());
            last = value;
        }
    }

    @Test
    @DisplayName("set-up is timed from the offer, and from the constructors")
    void setup() throws IOException {
        JsonNode line = Run.json("measure", "setup", "2");
        double fromOffer = line.path("setup_ms").path("median").asDouble();
        double fromConstructors = line.path("setupWithCtor_ms").path("median").asDouble();
        assertTrue(fromOffer > 0 && fromConstructors >= fromOffer, line.toString());
    }

    @Test
    @DisplayName("pairs are connected some at a time")
    void bulk() throws IOException {
        JsonNode line = Run.json("measure", "bulk", "6", "--concurrency=3");
        assertEquals(6, line.path("pairs").asInt());
        assertEquals(0, line.path("failed").asInt());
        assertTrue(line.path("pairs_per_s").asDouble() > 0, line.toString());
    }

    @ParameterizedTest
    @CsvSource({"one-by-one", "bursts"})
    @DisplayName("plain UDP arrives")
    void plainUdp(String way) throws IOException {
        JsonNode line = Run.json("measure", "udp-throughput", way, "--seconds=0.2", "--warmup=0.1");
        assertTrue(line.path("MBps").asDouble() > 0, line.toString());
    }

    @Test
    @DisplayName("plain UDP comes back, and records are decrypted")
    void limits() throws IOException {
        assertTrue(
                Run.json("measure", "udp-latency", "--count=100").path("p50_us").asDouble() > 0);
        JsonNode cipher = Run.json("measure", "cipher", "--seconds=0.2", "--warmup=0.1");
        assertTrue(
                cipher.path("encrypt_ns").asDouble() > 0
                        && cipher.path("decrypt_ns").asDouble() > 0,
                cipher.toString());
    }

    @Test
    @DisplayName("memory and the first connection are measured in JVMs of their own")
    void freshJvms() throws IOException {
        JsonNode memory = Run.json("measure", "memory", "2", "--seconds=0.2").path("pairs2");
        assertTrue(memory.path("heap_kB_per_connection").asDouble() > 0, memory.toString());
        assertTrue(memory.has("idle_cpu_percent"), memory.toString());
        assertTrue(memory.path("heap_classes").path("byte[]").asDouble() > 0, memory.toString());
        JsonNode first = Run.json("measure", "first", "1").path("first_ms");
        assertTrue(first.path("median").asDouble() > 0, first.toString());
    }
}
