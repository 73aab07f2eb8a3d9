package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

import java.util.concurrent.CompletableFuture;

/** {@code purrtc data-channel-sctp-streamed}. */
@Command(
        name = "data-channel-sctp-streamed",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "As data-channel-sctp, with messages in parts: no message is ever whole in memory, on either side.",
            "",
            "Start one with 1 and one with 0, and paste the line of JSON that each prints into the other. Both ends send "
                    + "8 KiB on cat-noises. The DTLS client, which is the end that ICE controls, opens the unordered channel "
                    + "bear-noises, sends one long message there, and closes it. What arrives is checked byte for byte.",
            "",
            "Parameters are written to standard output and read from standard input, the story goes to standard error. An "
                    + "empty line or Ctrl-C ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc data-channel-sctp-streamed 1      one terminal",
            "  purrtc data-channel-sctp-streamed 0      another",
            "  purrtc data-channel-sctp-streamed 0 --message-size 10000000000",
            "    10 GB in one message"
        })
final class DataChannelSctpStreamedCommand extends ChannelToolCommand {
    @Option(
            names = "--message-size",
            paramLabel = "BYTES",
            defaultValue = "67108864",
            description = "Size of the message on bear-noises (default: ${DEFAULT-VALUE}).")
    private long messageSize;

    @Override
    Configuration.Builder configuration() {
        Range.require("--message-size", messageSize, 1, Long.MAX_VALUE);
        return Configuration.builder().messagesOfAnySize(true);
    }

    @Override
    ChannelLayer.Tool tool(Narrator narrator, CompletableFuture<Integer> exitCode) {
        return new StreamedTool(narrator, messageSize);
    }
}
