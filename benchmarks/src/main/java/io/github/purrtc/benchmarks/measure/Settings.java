package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Stack;
import picocli.CommandLine.Option;

/** The options of measurements, named as those of the peers' drivers. */
public final class Settings {
    @Option(names = "--seconds", defaultValue = "10", description = "how long is measured; default ${DEFAULT-VALUE}")
    double seconds;

    @Option(names = "--warmup", defaultValue = "2", description = "seconds that do not count; default ${DEFAULT-VALUE}")
    double warmupSeconds;

    @Option(names = "--unreliable", description = "unordered and without retransmission")
    boolean unreliable;

    @Option(
            names = "--high",
            defaultValue = "1048576",
            description = "a sender stops when so many bytes wait; default ${DEFAULT-VALUE}")
    long highMark;

    @Option(names = "--low", defaultValue = "262144", description = "and goes on at so many; default ${DEFAULT-VALUE}")
    long lowMark;

    @Option(names = "--count", defaultValue = "10000", description = "round trips; default ${DEFAULT-VALUE}")
    int count;

    @Option(names = "--concurrency", defaultValue = "10", description = "pairs at a time; default ${DEFAULT-VALUE}")
    int concurrency;

    @Option(
            names = "--warmup-pairs",
            defaultValue = "2",
            description =
                    "with setup, bulk and memory: pairs connected before, which do not count; a JVM is warm after some "
                            + "2,000; default ${DEFAULT-VALUE}")
    int warmupPairs;

    @Option(
            names = "--settle",
            defaultValue = "2",
            description =
                    "with memory: seconds from the last pair's connection until the idle processor time is taken; a JVM "
                            + "compiles for a minute; default ${DEFAULT-VALUE}")
    double settleSeconds;

    @Option(
            names = "--profile",
            description =
                    "with throughput: where the time goes and the garbage comes from, by JFR; slows it down a little")
    boolean profile;

    Settings() {}

    /** Connects and closes the pairs that do not count. */
    void warmUp(Stack stack) throws Exception {
        for (int i = 0; i < warmupPairs; i++) {
            Pair.connect(stack, unreliable).close();
        }
    }

    void sleep(double time) throws InterruptedException {
        Thread.sleep(Math.round(time * 1e3));
    }
}
