package io.github.purrtc.benchmarks.goodput;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;

/** Lets two flows share a path and tells how they did. */
@Command(
        name = "fairness",
        mixinStandardHelpOptions = true,
        description = {
            "How two flows share a path, in virtual time: for each pair of congestion controls, and which of them is there first.",
            "The same seeds give the same table on every machine."
        })
public final class FairnessCommand implements Callable<Integer> {
    @Mixin
    private final FairnessOptions options = new FairnessOptions();

    @Option(
            names = "--first",
            split = ",",
            description =
                    "congestion controls of the first flow, of ${COMPLETION-CANDIDATES}; default ${DEFAULT-VALUE}")
    private List<Control> firsts = List.of(Control.BBR, Control.NEW_RENO);

    @Option(names = "--second", split = ",", description = "those of the second; default ${DEFAULT-VALUE}")
    private List<Control> seconds = List.of(Control.BBR, Control.NEW_RENO);

    @Option(names = "--threads", defaultValue = "1", description = "runs at a time; default ${DEFAULT-VALUE}")
    private int threads;

    @Option(names = "--out", description = "a file for the page, as docs/fairness.md")
    private java.nio.file.@Nullable Path out;

    @Override
    public Integer call() throws IOException, InterruptedException, ExecutionException {
        List<Sharing> sharings = Fairness.measure(options, firsts, seconds, threads);
        String page = new SharingReport(sharings, options.seeds, options.seconds).page();
        System.out.print(page);
        if (out != null) {
            Files.writeString(out, page);
        }
        return 0;
    }
}
