package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import picocli.CommandLine.Command;

import java.util.concurrent.CompletableFuture;

/** {@code purrtc data-channel-sctp-echo}. */
@Command(
        name = "data-channel-sctp-echo",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Sends back every message on every channel that the other end opens.",
            "",
            "The other end is any of these tools, data-channel-sctp say: paste the line of JSON that each prints into the "
                    + "other. Made of the layers' own objects; no offer, no answer.",
            "",
            "Parameters are written to standard output and read from standard input, the story goes to standard error. An "
                    + "empty line or Ctrl-C ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc data-channel-sctp-echo 0          one terminal",
            "  purrtc data-channel-sctp 1               another"
        })
final class DataChannelSctpEchoCommand extends ChannelToolCommand {
    @Override
    Configuration.Builder configuration() {
        return DataChannelSctpCommand.largeMessages();
    }

    @Override
    ChannelLayer.Tool tool(Narrator narrator, CompletableFuture<Integer> exitCode) {
        return new EchoTool(narrator);
    }
}
