package io.github.purrtc.benchmarks.goodput;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Lets two flows share a path and tells how they did. */
@Command(
        name = "fairness",
        mixinStandardHelpOptions = true,
        description = {
            "How two flows share a path with a queue of one bandwidth-delay product, in virtual time: for each pair of congestion"
                    + " controls, and which of them is there first.",
            "The same seeds give the same table on every machine."
        })
public final class FairnessCommand implements Callable<Integer> {
    @Mixin
    private final FairnessOptions options = new FairnessOptions();

    @Option(
            names = "--first",
            split = ",",
            description = "congestion controls of the first flow, of ${COMPLETION-CANDIDATES}; default all")
    private List<Control> firsts = List.of(Control.values());

    @Option(names = "--second", split = ",", description = "those of the second; default all")
    private List<Control> seconds = List.of(Control.values());

    @Option(names = "--threads", defaultValue = "1", description = "runs at a time; default ${DEFAULT-VALUE}")
    private int threads;

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        List<Sharing> sharings = Fairness.measure(options, firsts, seconds, threads);
        System.out.print(new SharingReport(sharings, options.seeds, options.seconds).section());
        return 0;
    }
}
