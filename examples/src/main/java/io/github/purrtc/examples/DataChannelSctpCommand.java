package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import picocli.CommandLine.Command;

import java.util.concurrent.CompletableFuture;

/** {@code purrtc data-channel-sctp}. */
@Command(
        name = "data-channel-sctp",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Connects two programs by the layers' own objects: ICE, DTLS, SCTP, and channels on it; no offer, no answer.",
            "",
            "Start one with 1 and one with 0, and paste the line of JSON that each prints into the other. Both ends have the "
                    + "pre-negotiated channel cat-noises and send 8 KiB on it. The DTLS client, which is the end that ICE "
                    + "controls, opens the unordered channel bear-noises, sends one message there, as large as the other end "
                    + "takes but no more than 16 MiB, and closes it. What arrives is checked byte for byte.",
            "",
            "Parameters are written to standard output and read from standard input, the story goes to standard error. An "
                    + "empty line or Ctrl-C ends the program."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc data-channel-sctp 1                      one terminal",
            "  purrtc data-channel-sctp 0                      another",
            "  purrtc data-channel-sctp 0 6000 host srflx      SCTP port 6000, no relays"
        })
final class DataChannelSctpCommand extends ChannelToolCommand {
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    @Override
    Configuration.Builder configuration() {
        return largeMessages();
    }

    /** Room for messages of 16 MiB. */
    static Configuration.Builder largeMessages() {
        return Configuration.builder()
                .maxMessageSize(MAX_MESSAGE_BYTES)
                .receiveWindow(2 * MAX_MESSAGE_BYTES)
                .sendBufferLimit(4 * MAX_MESSAGE_BYTES);
    }

    @Override
    ChannelLayer.Tool tool(Narrator narrator, CompletableFuture<Integer> exitCode) {
        return new NoisesTool(narrator, MAX_MESSAGE_BYTES);
    }
}
