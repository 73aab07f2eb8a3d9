package io.github.purrtc.benchmarks.compare;

import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.io.IOException;

import static org.junit.jupiter.api.Assertions.assertEquals;

class GoalTest {
    private final Results results = Results.of(new Machine("processor", 2, "kernel", "jdk"), "today", "measure", 3);

    @Test
    @DisplayName("medians are compared with the best of the others")
    void comparesWithTheBest() throws IOException {
        add("throughput-64k", Contender.PURRTC, "{\"MBps\":480}");
        add("throughput-64k", Contender.PURRTC, "{\"MBps\":500}");
        add("throughput-64k", Contender.PURRTC, "{\"MBps\":900}");
        add("throughput-64k", Contender.WERIFT, "{\"MBps\":10}");
        add("throughput-64k", Contender.LIBWEBRTC, "{\"MBps\":100}");
        Goal goal = goal("64 KiB messages, one process");
        assertEquals(Goal.Verdict.MET, goal.verdict());
        assertEquals("5.00 times (500 to 100)", goal.measured());
        assertEquals(Contender.LIBWEBRTC, goal.against());
    }

    @Test
    @DisplayName("less is better for CPU, round trips and memory")
    void lessIsBetter() throws IOException {
        add("throughput-64k", Contender.PURRTC, "{\"cpu_s_per_GB\":7}");
        add("throughput-64k", Contender.LIBWEBRTC, "{\"cpu_s_per_GB\":20}");
        add("latency", Contender.PURRTC, "{\"p50_us\":66}");
        add("udp-latency", Contender.UDP, "{\"p50_us\":50}");
        add("idle", Contender.PURRTC, "{\"pairs1000\":{\"kB_per_connection\":65}}");
        assertEquals(Goal.Verdict.MISSED, goal("CPU per GB of 64 KiB messages").verdict());
        assertEquals(Goal.Verdict.MISSED, goal("64-byte round trip, median").verdict());
        assertEquals(Goal.Verdict.MISSED, goal("an idle connection").verdict());
        add("throughput-64k", Contender.LIBDATACHANNEL, "{\"cpu_s_per_GB\":30}");
        add("latency", Contender.PURRTC, "{\"p50_us\":60}");
        add("idle", Contender.PURRTC, "{\"pairs1000\":{\"kB_per_connection\":60}}");
        assertEquals(Goal.Verdict.MISSED, goal("CPU per GB of 64 KiB messages").verdict());
        assertEquals(Goal.Verdict.MET, goal("64-byte round trip, median").verdict());
        assertEquals(Goal.Verdict.MET, goal("an idle connection").verdict());
    }

    @Test
    @DisplayName("what was not measured is not called met")
    void notMeasured() throws IOException {
        add("setup", Contender.PURRTC, "{\"setup_ms\":{\"median\":3}}");
        assertEquals(Goal.Verdict.NOT_MEASURED, goal("offer to open, median").verdict());
    }

    private void add(String measurement, String contender, String figures) throws IOException {
        results.add(measurement, contender, 1, 0, new JsonMapper().readTree(figures));
    }

    private Goal goal(String what) {
        return Goal.check(results).stream()
                .filter(goal -> goal.what().equals(what))
                .findFirst()
                .orElseThrow();
    }
}
