package io.github.purrtc.examples;

import picocli.CommandLine.Command;

import java.util.concurrent.CompletionStage;

/** {@code purrtc ice-transport-loopback}. */
@Command(
        name = "ice-transport-loopback",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Connects two ICE transports in this process, A and B, and tells what happens to them.",
            "",
            "Each candidate is given to the other end as it is found. A controls. Enter or Ctrl-C ends the program; where there "
                    + "is no input, it ends when both are connected."
        },
        footerHeading = "%nExamples:%n",
        footer = {"  purrtc ice-transport-loopback", "  purrtc ice-transport-loopback host prflx </dev/null"})
final class IceTransportLoopbackCommand extends LoopbackCommand {
    @Override
    Pair start(PeerSettings a, PeerSettings b, Story story) {
        return new IcePair(
                new IcePeer(a, new Narrator(story, a.name())), new IcePeer(b, new Narrator(story, b.name())));
    }

    private record IcePair(IcePeer a, IcePeer b) implements Pair {
        IcePair {
            a.onCandidate(b::addRemoteCandidate);
            b.onCandidate(a::addRemoteCandidate);
            a.gather();
            b.gather();
            a.start(b.localParameters());
            b.start(a.localParameters());
        }

        @Override
        public CompletionStage<Void> done() {
            return a.connected().thenCompose(nothing -> b.connected());
        }

        @Override
        public void close() {
            a.stop().thenCompose(nothing -> b.stop()).join();
        }
    }
}
