package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import picocli.CommandLine.Command;

/** {@code purrtc data-channel-sctp-loopback}. */
@Command(
        name = "data-channel-sctp-loopback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Connects two ends in this process, A and B, and sends messages over channels of every kind.",
            "",
            "Made of the layers' own objects; no offer, no answer. A controls ICE and has SCTP port 6000, B 5000. Both have the "
                    + "pre-negotiated channel cat-noises and send 256 KiB on it; B, the DTLS client, opens bear-noises "
                    + "(unordered), lion-noises (reliable), owl-noises and fox-noises (3 retransmissions; ordered, unordered), "
                    + "frog-noises and bee-noises (10 s; ordered, unordered), sends 256 KiB on each but 16 MiB in one message on "
                    + "bear-noises, and closes that. What arrives is checked byte for byte.",
            "",
            "Enter or Ctrl-C ends the program; where there is no input, it ends when all has arrived."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  purrtc data-channel-sctp-loopback", "  purrtc data-channel-sctp-loopback host </dev/null"})
final class DataChannelSctpLoopbackCommand extends LoopbackCommand {
    private static final int PORT_OF_A = 6_000;
    private static final int PORT_OF_B = 5_000;

    @Override
    Pair start(PeerSettings a, PeerSettings b, Story story) {
        EveryKindTool toolA = new EveryKindTool(new Narrator(story, a.name()));
        EveryKindTool toolB = new EveryKindTool(new Narrator(story, b.name()));
        return OrtcPair.start(
                peer(a, PORT_OF_A, story, toolA),
                peer(b, PORT_OF_B, story, toolB),
                toolA.done().thenCompose(nothing -> toolB.done()));
    }

    private static OrtcPeer peer(PeerSettings settings, int port, Story story, EveryKindTool tool) {
        Narrator narrator = new Narrator(story, settings.name());
        Configuration configuration =
                DataChannelSctpCommand.largeMessages().sctpPort(port).build();
        return new OrtcPeer(settings, narrator, ChannelLayer.of(configuration, narrator, tool));
    }
}
