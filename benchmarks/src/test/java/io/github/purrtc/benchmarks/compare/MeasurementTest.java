package io.github.purrtc.benchmarks.compare;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class MeasurementTest {
    private final List<Measurement> all = Measurement.all(Scale.full(2, 2));

    @Test
    @DisplayName("messages between two processes: four times the warm-up, the same for everybody")
    void twoProcessesWarmUpLonger() {
        Measurement twoProcesses = named("two-processes");
        List<Contender> contenders = new ArrayList<>(Contender.own());
        contenders.addAll(Contender.peers(Path.of("peers")));
        for (Contender contender : contenders) {
            List<String> arguments = twoProcesses.argumentsFor(contender);
            assertEquals(List.of("source", "65536", "--seconds=2.0", "--warmup=8.0"), arguments, contender.name());
        }
        assertTrue(named("throughput-64k").arguments().contains("--warmup=2.0"));
    }

    private Measurement named(String id) {
        return all.stream()
                .filter(measurement -> measurement.id().equals(id))
                .findFirst()
                .orElseThrow();
    }
}
