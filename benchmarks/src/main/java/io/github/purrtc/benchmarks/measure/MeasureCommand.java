package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.compare.CompareOptions;
import io.github.purrtc.benchmarks.compare.Comparison;
import io.github.purrtc.benchmarks.compare.Words;
import io.github.purrtc.benchmarks.process.Jvm;
import io.github.purrtc.benchmarks.stack.LibwebrtcStack;
import io.github.purrtc.benchmarks.stack.PurrtcStack;
import io.github.purrtc.benchmarks.stack.Stack;
import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.ice.NetworkOptions.Transport;
import io.github.purrtc.sctp.CongestionAlgorithm;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;

/** Measures one thing and prints it as a line of JSON, or all and makes a page of it. */
@Command(
        name = "measure",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Measures from the socket to the user; a line of JSON for each measurement.",
            "",
            "Without a mode, all measurements take their turn, round after round, each in a process of its own, and a table "
                    + "of medians is printed; with --peers others are measured beside purrtc.",
            "",
            "  throughput [SIZE]    messages one way, of 65,536 bytes if not told otherwise",
            "  latency [SIZE]       round trips of messages of 64 bytes",
            "  setup [COUNT]        from offer to open, 25 pairs one after the other",
            "  first [COUNT]        the first connection of a fresh JVM, in 5 JVMs",
            "  memory [PAIRS]       what idle pairs hold and cost, 50 and 100 of them",
            "  bulk [COUNT]         100 pairs, some at a time",
            "  signal offer|answer echo|sink|source|ping|beside [SIZE]",
            "                       one end of a connection to another process, signalled on standard input and output",
            "  udp-throughput [one-by-one|bursts]",
            "                       plain UDP, datagrams of 1,200 bytes: by the JDK's sockets, or by epoll and offload",
            "  udp-latency [SIZE]   plain UDP, round trips between two blocking sockets",
            "  cipher               DTLS records alone, in one thread, and the JDK's AES-GCM alone",
            "",
            "MB are 10^6 bytes, GB 10^9. CPU time is that of the whole process."
        })
public final class MeasureCommand implements Callable<Integer> {
    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(arity = "0..*", paramLabel = "MODE", description = "what to measure; all in turn if nothing is named")
    private List<String> words = List.of();

    @Mixin
    private Settings settings = new Settings();

    @Option(
            names = "--transport",
            defaultValue = "auto",
            description = "the sockets: auto, epoll or nio; default ${DEFAULT-VALUE}")
    private Transport transport = Transport.AUTO;

    @Option(
            names = "--spin",
            paramLabel = "MICROS",
            defaultValue = "0",
            description = "how long purrtc's loops look for more work before they sleep; default ${DEFAULT-VALUE}")
    private int spinMicros;

    @Option(
            names = "--congestion",
            description = "purrtc's congestion control, of ${COMPLETION-CANDIDATES}; default the library's")
    private @Nullable CongestionAlgorithm congestion;

    @Option(
            names = "--stack",
            defaultValue = "purrtc",
            description = "what is measured: purrtc, or libwebrtc with webrtc-java on the class path")
    private String stack = "purrtc";

    @Mixin
    private CompareOptions compareOptions = new CompareOptions();

    @Option(names = "--in-this-jvm", hidden = true, description = "what has a JVM of its own is measured in this one")
    private boolean inThisJvm;

    @Override
    public Integer call() throws Exception {
        CommandSpec command = Objects.requireNonNull(spec);
        try {
            if (words.isEmpty()) {
                Comparison.run(compareOptions, Words.of(spec), settings.seconds, settings.warmupSeconds);
            } else if (!inThisJvm && FreshJvm.isFor(words.get(0), settings)) {
                System.out.println(new FreshJvm(Jvm.likeThis(), Words.of(spec)).measure(words));
            } else {
                new Modes(words, settings, this::open).run();
            }
        } catch (IllegalArgumentException e) {
            throw new ParameterException(command.commandLine(), e.getMessage(), e);
        }
        return 0;
    }

    private NetworkOptions network() {
        return NetworkOptions.defaults().withTransport(transport).withSpin(Duration.of(spinMicros, ChronoUnit.MICROS));
    }

    private Stack open(int messageSize) {
        return switch (stack) {
            case "purrtc" -> PurrtcStack.open(network(), messageSize, congestion);
            case "libwebrtc" -> new LibwebrtcStack();
            default -> throw new IllegalArgumentException("--stack: purrtc or libwebrtc, not " + stack);
        };
    }
}
