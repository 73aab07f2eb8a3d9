package io.github.purrtc.examples;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

import java.util.concurrent.Callable;

/** {@code purrtc data-channel-sctp-throughput}. */
@Command(
        name = "data-channel-sctp-throughput",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        customSynopsis = {
            "purrtc data-channel-sctp-throughput 0|1 MESSAGE-SIZE [TIMES [SCTP-PORT",
            "         [BUFFER-LENGTH [CONGESTION [MTU [TYPE...]]]]]]",
            "       purrtc data-channel-sctp-throughput --loopback [OPTIONS]"
        },
        description = {
            "Measures how fast messages go over a reliable, ordered data channel: between two programs, or in this one.",
            "",
            "Between two programs: start one with 1, which controls ICE and sends, and one with 0, which receives; paste the "
                    + "line of JSON that each prints into the other. Messages go one at a time, in parts, so that they may be "
                    + "larger than memory; both ends say how long each took. Both are made of the layers' own objects; no "
                    + "offer, no answer.",
            "",
            "With --loopback: two peer connections in this process, connected over the loopback interface by ICE, DTLS and SCTP "
                    + "as any two are. One sends as fast as the other takes it, and never has more waiting than a few MiB. "
                    + "Progress goes to standard error, the result to standard output. CPU time is that of the whole process, "
                    + "both ends.",
            "",
            "MB are 10^6 bytes, GB 10^9, Mbit 10^6 bits."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc data-channel-sctp-throughput --loopback",
            "  purrtc data-channel-sctp-throughput --loopback --message-size 64 --json",
            "  purrtc data-channel-sctp-throughput 1 67108864 3      64 MiB, 3 times",
            "  purrtc data-channel-sctp-throughput 0 67108864        the other end",
            "  purrtc data-channel-sctp-throughput 1 1000000 9 5000 1048576 cubic"
        })
final class ThroughputCommand implements Callable<Integer> {
    private static final int MAX_MESSAGE_BYTES = 64 * 1024 * 1024;

    @Mixin
    private ThroughputEnd end = new ThroughputEnd();

    @Option(names = "--loopback", description = "Both ends in this process.")
    private boolean loopback;

    @Option(
            names = "--message-size",
            paramLabel = "BYTES",
            defaultValue = "65536",
            description = "Size of each message (default: ${DEFAULT-VALUE}).")
    private int messageSize;

    @Option(
            names = "--max-datagram-size",
            paramLabel = "BYTES",
            defaultValue = "1450",
            description = "Largest UDP datagram, from 1200 to 16421 (default: ${DEFAULT-VALUE}).")
    private int maxDatagramSize;

    @Option(
            names = "--seconds",
            paramLabel = "SECONDS",
            defaultValue = "10",
            description = "How long to measure (default: ${DEFAULT-VALUE}).")
    private int seconds;

    @Option(
            names = "--warmup",
            paramLabel = "SECONDS",
            defaultValue = "2",
            description = "How long to send before that (default: ${DEFAULT-VALUE}).")
    private int warmupSeconds;

    @Option(names = "--json", description = "Print the result as one line of JSON.")
    private boolean json;

    @Override
    public Integer call() throws Exception {
        if (loopback == end.isChosen()) {
            throw new IllegalArgumentException("Either 0 or 1 and a message size, or --loopback.");
        }
        return loopback ? measure() : end.run();
    }

    private int measure() throws Exception {
        Range.require("--message-size", messageSize, 1, MAX_MESSAGE_BYTES);
        Range.require("--max-datagram-size", maxDatagramSize, 1_200, 16_421);
        Range.require("--seconds", seconds, 1, 86_400);
        Range.require("--warmup", warmupSeconds, 0, 3_600);
        try (LoopbackPair pair = LoopbackPair.connect(ThroughputRun.configuration(messageSize, maxDatagramSize));
                Progress progress = Progress.onStandardError();
                CtrlC ctrlC = CtrlC.ends(CtrlC.INTERRUPTED)) {
            ctrlC.first(progress::close);
            ThroughputResult result = new ThroughputRun(pair, messageSize, progress).measure(warmupSeconds, seconds);
            progress.clear();
            System.out.println(json ? result.toJson() : result.toText());
        }
        return 0;
    }
}
