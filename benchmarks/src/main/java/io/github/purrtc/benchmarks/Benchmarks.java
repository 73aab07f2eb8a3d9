package io.github.purrtc.benchmarks;

import io.github.purrtc.benchmarks.association.AssociationCommand;
import io.github.purrtc.benchmarks.goodput.GoodputCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The program's entry. */
@Command(
        name = "purrtc-benchmarks",
        description = "Measures purrtc.",
        mixinStandardHelpOptions = true,
        subcommands = {AssociationCommand.class, GoodputCommand.class, JmhCommand.class})
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        CommandLine commandLine = new CommandLine(new Benchmarks());
        // What stands behind "jmh" is JMH's, its options too.
        commandLine.getSubcommands().get("jmh").setUnmatchedOptionsArePositionalParams(true);
        return commandLine;
    }
}
