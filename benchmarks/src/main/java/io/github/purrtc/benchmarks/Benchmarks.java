package io.github.purrtc.benchmarks;

import io.github.purrtc.benchmarks.association.AssociationCommand;
import io.github.purrtc.benchmarks.curves.CurvesCommand;
import io.github.purrtc.benchmarks.curves.ProbeCommand;
import io.github.purrtc.benchmarks.emulator.EmulateCommand;
import io.github.purrtc.benchmarks.goodput.FairnessCommand;
import io.github.purrtc.benchmarks.goodput.GoodputCommand;
import io.github.purrtc.benchmarks.measure.MeasureCommand;
import io.github.purrtc.benchmarks.setup.SetupCommand;
import io.github.purrtc.benchmarks.setup.SetupPeerCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The program's entry. */
@Command(
        name = "purrtc-benchmarks",
        description = "Measures purrtc.",
        mixinStandardHelpOptions = true,
        subcommands = {
            MeasureCommand.class,
            AssociationCommand.class,
            GoodputCommand.class,
            FairnessCommand.class,
            CurvesCommand.class,
            ProbeCommand.class,
            EmulateCommand.class,
            SetupCommand.class,
            SetupPeerCommand.class
        })
public final class Benchmarks {
    private Benchmarks() {}

    public static void main(String[] args) {
        System.exit(commandLine().execute(args));
    }

    static CommandLine commandLine() {
        // What stands behind "jmh" is JMH's, its options too.
        CommandLine jmh = new CommandLine(new JmhCommand()).setUnmatchedOptionsArePositionalParams(true);
        return new CommandLine(new Benchmarks())
                .addSubcommand(jmh)
                .setCaseInsensitiveEnumValuesAllowed(true)
                .setParameterExceptionHandler(Benchmarks::refuse);
    }

    private static int refuse(ParameterException failure, String[] arguments) {
        CommandLine command = failure.getCommandLine();
        String name = command.getCommandSpec().name();
        command.getErr()
                .println(name + ": " + String.valueOf(failure.getMessage()).replaceFirst("^Error: ", ""));
        command.getErr().println("See " + name + " --help");
        return CommandLine.ExitCode.USAGE;
    }
}
