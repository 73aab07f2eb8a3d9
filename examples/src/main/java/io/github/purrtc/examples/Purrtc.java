package io.github.purrtc.examples;

import io.github.purrtc.ErrorName;
import io.github.purrtc.RtcException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import picocli.CommandLine.UnmatchedArgumentException;

import java.io.PrintWriter;
import java.lang.module.ModuleDescriptor;
import java.util.Optional;
import java.util.concurrent.Callable;

/** The examples' one command line. */
@Command(
        name = "purrtc",
        mixinStandardHelpOptions = true,
        versionProvider = Purrtc.Version.class,
        subcommands = {
            EchoCommand.class,
            PeerConnectionCommand.class,
            ChatCommand.class,
            SendFileCommand.class,
            ReceiveFileCommand.class,
            RouteCommand.class,
            DataChannelSctpCommand.class,
            DataChannelSctpEchoCommand.class,
            DataChannelSctpStreamedCommand.class,
            ThroughputCommand.class,
            DataChannelSctpLoopbackCommand.class,
            DtlsTransportLoopbackCommand.class,
            IceTransportLoopbackCommand.class,
            IceGathererCommand.class,
            SctpRedirectTransportCommand.class
        },
        optionListHeading = "%nOptions:%n",
        synopsisSubcommandLabel = "COMMAND",
        description = "WebRTC data channels in pure Java: examples and tools.",
        commandListHeading = "%nCommands:%n",
        footerHeading = "%nTry:%n",
        footer = {
            "  purrtc echo",
            "    and open http://127.0.0.1:8889/ in a browser",
            "  purrtc data-channel-sctp-throughput --loopback",
            "    to see how fast this machine is",
            "  purrtc COMMAND --help",
            "    for what a command does and takes",
            "",
            "Exit codes: 0 all went well, 1 something failed, 2 the arguments are wrong."
        })
public final class Purrtc implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    public static void main(String[] arguments) {
        System.exit(commandLine().execute(arguments));
    }

    static CommandLine commandLine() {
        return new CommandLine(new Purrtc())
                .setParameterExceptionHandler((failure, arguments) -> refuse(failure.getCommandLine(), failure))
                .setExecutionExceptionHandler(Purrtc::fail);
    }

    /** What is wrong with an argument that is found out only when all are put together is wrong with the arguments still. */
    private static int fail(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        if (failure instanceof IllegalArgumentException || isTypeError(failure)) {
            return refuse(command, failure);
        }
        command.getErr().println(name(command) + ": " + Failures.describe(failure));
        return CommandLine.ExitCode.SOFTWARE;
    }

    private static boolean isTypeError(Exception failure) {
        return failure instanceof RtcException misuse && misuse.errorName() == ErrorName.TYPE_ERROR;
    }

    private static int refuse(CommandLine command, Exception failure) {
        PrintWriter console = command.getErr();
        console.println(name(command) + ": " + Failures.describe(failure));
        if (failure instanceof ParameterException unmatched) {
            UnmatchedArgumentException.printSuggestions(unmatched, console);
        }
        if (command.getSubcommands().isEmpty()) {
            console.println("See " + name(command) + " --help");
        } else {
            command.usage(console);
        }
        return CommandLine.ExitCode.USAGE;
    }

    private static String name(CommandLine command) {
        return command.getCommandSpec().qualifiedName();
    }

    @Override
    public Integer call() {
        CommandSpec command = spec;
        if (command == null) {
            throw new IllegalStateException("called without a command line");
        }
        throw new ParameterException(command.commandLine(), "A command is missing.");
    }

    /** The jar's version. */
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            // The manifest's on the class path, the module's on the module path.
            String version = Optional.ofNullable(Purrtc.class.getModule().getDescriptor())
                    .flatMap(ModuleDescriptor::rawVersion)
                    .orElse(Purrtc.class.getPackage().getImplementationVersion());
            return new String[] {"purrtc " + (version == null ? "(not packaged)" : version)};
        }
    }
}
