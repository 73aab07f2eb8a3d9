package io.github.purrtc.benchmarks.measure;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.purrtc.benchmarks.process.Child;
import io.github.purrtc.benchmarks.process.Jvm;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Measurements that need a JVM of their own. */
final class FreshJvm {
    private static final Set<String> MODES = Set.of("first", "memory");

    private static final int FIRST_COUNT = 5;
    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final String HEAP = "1g";

    private final Jvm jvm;
    private final List<String> arguments;

    /** @param arguments those of this process's measurement */
    FreshJvm(Jvm jvm, List<String> arguments) {
        this.jvm = jvm;
        this.arguments = arguments;
    }

    static boolean isFor(String mode, Settings settings) {
        return MODES.contains(mode) || settings.profile;
    }

    /** The line of JSON. */
    String measure(List<String> words) throws IOException, InterruptedException {
        if (words.get(0).equals("memory")) {
            return memory().toString();
        }
        if (words.get(0).equals("throughput")) {
            return profile().toString();
        }
        return first(words.size() > 1 ? Integer.parseInt(words.get(1)) : FIRST_COUNT)
                .toString();
    }

    /** The first connection of so many JVMs, one after the other. */
    private Line first(int count) throws IOException, InterruptedException {
        double[] fromOffer = new double[count];
        double[] fromConstructors = new double[count];
        for (int i = 0; i < count; i++) {
            JsonNode line = run(jvm);
            fromOffer[i] = line.path("first_ms").asDouble();
            fromConstructors[i] = line.path("firstWithCtor_ms").asDouble();
        }
        return new Line()
                .put("mode", "first")
                .put("count", count)
                .putSpread("first_ms", fromOffer)
                .putSpread("firstWithCtor_ms", fromConstructors);
    }

    /** A heap that does not grow, resident from the beginning. */
    private JsonNode memory() throws IOException, InterruptedException {
        return run(jvm.with(
                "-Xms" + HEAP, "-Xmx" + HEAP, "-XX:+AlwaysPreTouch", "-D" + Memory.FIXED_HEAP_PROPERTY + "=true"));
    }

    /**
     * With small allocation buffers: what is too large for them is counted one by one, the rest is much smaller than they are. Else arrays of
     * messages count too much or too little.
     */
    private JsonNode profile() throws IOException, InterruptedException {
        return run(jvm.with("-XX:TLABSize=64k", "-XX:-ResizeTLAB"));
    }

    private JsonNode run(Jvm fresh) throws IOException, InterruptedException {
        List<String> all = new ArrayList<>(arguments);
        all.add("--in-this-jvm");
        try (Child child = Child.start(fresh.command(all))) {
            return child.result(LIMIT);
        }
    }
}
