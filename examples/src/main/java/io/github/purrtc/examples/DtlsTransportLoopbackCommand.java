package io.github.purrtc.examples;

import picocli.CommandLine.Command;

/** {@code purrtc dtls-transport-loopback}. */
@Command(
        name = "dtls-transport-loopback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Connects two DTLS transports over ICE in this process, A and B, and tells what happens to them.",
            "",
            "Each has a fresh certificate and is told the other's fingerprint. A controls ICE and is the DTLS server. Enter or "
                    + "Ctrl-C ends the program; where there is no input, it ends when both are connected."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  purrtc dtls-transport-loopback", "  purrtc dtls-transport-loopback host </dev/null"})
final class DtlsTransportLoopbackCommand extends LoopbackCommand {
    @Override
    Pair start(PeerSettings a, PeerSettings b, Story story) {
        OrtcPeer peerA = peer(a, story);
        OrtcPeer peerB = peer(b, story);
        return OrtcPair.start(peerA, peerB, OrtcPair.bothSecured(peerA, peerB));
    }

    private static OrtcPeer peer(PeerSettings settings, Story story) {
        return new OrtcPeer(settings, new Narrator(story, settings.name()), (ice, dtls) -> DataLayer.NONE);
    }
}
