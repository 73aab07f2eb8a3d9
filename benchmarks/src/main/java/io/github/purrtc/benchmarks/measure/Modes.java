package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Stack;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** The measurements by name. */
final class Modes {
    /** What stands behind the mode if nothing does: bytes of a message, connections. */
    private static final Map<String, Integer> DEFAULTS =
            Map.of("throughput", 65_536, "latency", 64, "setup", 25, "bulk", 100);

    private static final List<Integer> PAIRS = List.of(50, 100);

    private final List<String> words;
    private final Settings settings;
    private final IntFunction<Stack> stacks;

    /**
     * @param words the mode and what stands behind it
     * @param stacks opens the stack that is measured, with room for messages of a size
     */
    Modes(List<String> words, Settings settings, IntFunction<Stack> stacks) {
        this.words = words;
        this.settings = settings;
        this.stacks = stacks;
    }

    /** Measures in this JVM and prints the line, if the mode has one. */
    void run() throws Exception {
        String mode = words.get(0);
        if (mode.equals("signal")) {
            signal();
            return;
        }
        if (Limits.MODES.contains(mode)) {
            System.out.println(Limits.measure(words, settings));
            return;
        }
        int number = words.size() > 1 ? Integer.parseInt(words.get(1)) : DEFAULTS.getOrDefault(mode, 0);
        long startNanos = System.nanoTime();
        Stack stack = stacks.apply(mode.equals("throughput") || mode.equals("latency") ? number : 0);
        Line result =
                switch (mode) {
                    case "throughput" -> Throughput.measure(stack, number, settings);
                    case "latency" -> Latency.measure(stack, number, settings);
                    case "setup" -> Setup.oneByOne(stack, number, settings);
                    case "first" -> Setup.first(stack, startNanos, settings);
                    case "memory" -> Memory.measure(stack, pairCounts(), settings);
                    case "bulk" -> Setup.bulk(stack, number, settings);
                    default -> throw new IllegalArgumentException("no such mode: " + mode);
                };
        System.out.println(new Line()
                .put("peer", stack.name())
                .put("version", stack.version())
                .put("mode", mode)
                .put("size", number)
                .put("unreliable", settings.unreliable)
                .putAll(result));
    }

    private void signal() throws Exception {
        if (words.size() < 3 || !List.of("offer", "answer").contains(words.get(1))) {
            throw new IllegalArgumentException("signal offer|answer echo|sink|source|ping|beside [SIZE]");
        }
        int size = words.size() > 3 ? Integer.parseInt(words.get(3)) : 0;
        Part part = Part.named(words.get(2), size, settings);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        new Signalling(stacks.apply(size), part, System.out).run(words.get(1).equals("offer"), settings.unreliable, in);
    }

    private List<Integer> pairCounts() {
        return words.size() > 1 ? List.of(Integer.parseInt(words.get(1))) : PAIRS;
    }
}
