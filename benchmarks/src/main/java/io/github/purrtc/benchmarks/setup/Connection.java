package io.github.purrtc.benchmarks.setup;

import io.github.purrtc.benchmarks.emulator.CandidateRewriter;
import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.Relay;

import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** One connection that comes to be, over a path of its own. Thread-safe. */
final class Connection implements AutoCloseable {
    private final Relay relay;
    final CandidateRewriter rewriter;
    private final Map<Stage, Long> nanos = new EnumMap<>(Stage.class);

    Connection(Conditions conditions, long seed) throws IOException {
        relay = Relay.open(conditions, conditions, seed);
        rewriter = new CandidateRewriter(relay);
    }

    /** The first time counts: states come back after a path was silent. */
    synchronized void note(Stage stage, long at) {
        nanos.putIfAbsent(stage, at);
    }

    /** From the beginning to each stage in milliseconds; of those that were seen. */
    synchronized Map<Stage, Double> millis() {
        Map<Stage, Double> millis = new EnumMap<>(Stage.class);
        Long begun = nanos.get(Stage.BEGUN);
        if (begun != null) {
            nanos.forEach((stage, at) -> millis.put(stage, (at - begun) / 1e6));
        }
        return millis;
    }

    @Override
    public void close() {
        relay.close();
    }
}
