package io.github.purrtc.benchmarks;

import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;

/** Hands everything to JMH's own command line. */
@Command(name = "jmh", description = "Runs JMH with whatever follows: a pattern, -prof gc, -h for its help.")
final class JmhCommand implements Callable<Integer> {
    @Parameters(arity = "0..*", hidden = true)
    private List<String> args = new ArrayList<>();

    @Override
    public Integer call() throws Exception {
        org.openjdk.jmh.Main.main(args.toArray(String[]::new));
        return 0;
    }
}
