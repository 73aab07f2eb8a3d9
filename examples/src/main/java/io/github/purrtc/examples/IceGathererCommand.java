package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** {@code purrtc ice-gatherer}. */
@Command(
        name = "ice-gatherer",
        mixinStandardHelpOptions = true,
        sortOptions = false,
        parameterListHeading = "%nParameters:%n",
        optionListHeading = "%nOptions:%n",
        description = {
            "Gathers candidates, prints them, and ends: what this machine could be reached at.",
            "",
            "Without an ICE server these are its own addresses. A STUN server adds the address that a NAT shows to others, a "
                    + "TURN server one that it relays for. What a server does wrong is told, and the rest goes on."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  purrtc ice-gatherer",
            "  purrtc ice-gatherer --ice-server stun:stun.example.org:3478 srflx",
            "  purrtc ice-gatherer --ice-server turn:turn.example.org --username cat \\",
            "      --credential purr --policy relay"
        })
final class IceGathererCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = "Candidates to count at the end: ${COMPLETION-CANDIDATES} (default: all).")
    private @Nullable List<CandidateType> types;

    @Mixin
    private GatherArguments gathering = new GatherArguments();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        PeerSettings settings = new PeerSettings("A", IceRole.CONTROLLING, gathering.options(), gathering.types(types));
        try (Story story = Story.onStandardOutput()) {
            IcePeer peer = new IcePeer(settings, new Narrator(story, settings.name()));
            CompletionStage<Integer> exitCode = peer.gathered().thenApply(nothing -> {
                int count = peer.localCandidates().size();
                story.tell(count == 1 ? "1 candidate" : count + " candidates");
                return count > 0 ? 0 : 1;
            });
            try (CtrlC ctrlC = CtrlC.ends(() -> peer.stop().join(), story::close)) {
                peer.gather();
                return ctrlC.awaitOr(exitCode.toCompletableFuture());
            } finally {
                peer.stop().join();
            }
        }
    }
}
