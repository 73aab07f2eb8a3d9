package io.github.purrtc.benchmarks.association;

import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.util.Statistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.Map;
import java.util.concurrent.Callable;

/** Runs {@link AssociationBenchmark} and prints what matters of it. */
@Command(
        name = "association",
        mixinStandardHelpOptions = true,
        description = {
            "The SCTP association alone: both ends in one thread, through memory, packets of 1,160 bytes.",
            "Prints medians, and what is allocated beside the arrays of the received messages."
        })
public final class AssociationCommand implements Callable<Integer> {
    private static final int ARRAY_HEADER = 16;

    @Option(names = "--forks", defaultValue = "3", description = "JVMs, one after the other; default ${DEFAULT-VALUE}")
    private int forks;

    @Option(
            names = "--iterations",
            defaultValue = "7",
            description = "seconds measured in each; default ${DEFAULT-VALUE}")
    private int iterations;

    @Override
    public Integer call() throws RunnerException {
        Options options = new OptionsBuilder()
                .include("\\." + AssociationBenchmark.class.getSimpleName() + "\\.")
                .addProfiler(GCProfiler.class)
                .forks(forks)
                .measurementIterations(iterations)
                .build();
        System.out.println();
        for (RunResult result : new Runner(options).run()) {
            print(result);
        }
        return 0;
    }

    private static void print(RunResult run) {
        String name = run.getParams().getBenchmark();
        int size = name.endsWith("large") ? AssociationBenchmark.LARGE : AssociationBenchmark.SMALL;
        Statistics messages = run.getPrimaryResult().getStatistics();
        double perSecond = messages.getPercentile(50);
        double packets = median(run.getSecondaryResults(), "packets") / perSecond;
        double allocated = median(run.getSecondaryResults(), "gc.alloc.rate.norm");
        double besides = allocated - size - ARRAY_HEADER;
        System.out.printf(
                "%,6d-byte messages: %,.0f MB/s, %,.0f messages/s (from %,.0f to %,.0f); %.2f packets a message; "
                        + "allocated beside the message itself: %.0f bytes a message, %.1f a packet%n",
                size,
                perSecond * size / 1e6,
                perSecond,
                messages.getMin(),
                messages.getMax(),
                packets,
                besides,
                besides / packets);
    }

    @SuppressWarnings("rawtypes")
    private static double median(Map<String, Result> results, String label) {
        for (Map.Entry<String, Result> result : results.entrySet()) {
            if (result.getKey().endsWith(label)) {
                return result.getValue().getStatistics().getPercentile(50);
            }
        }
        throw new IllegalStateException("JMH reports no " + label);
    }
}
