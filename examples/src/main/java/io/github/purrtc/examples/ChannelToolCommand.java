package io.github.purrtc.examples;

import io.github.purrtc.Configuration;
import io.github.purrtc.ice.CandidateType;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The tools with channels that take a role, an SCTP port and candidate types, and have their parameters carried by people. */
abstract class ChannelToolCommand implements Callable<Integer> {
    @Mixin
    private PastedPeerArguments peer = new PastedPeerArguments();

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "SCTP-PORT",
            defaultValue = "5000",
            description = "The SCTP port on this side (default: ${DEFAULT-VALUE}).")
    private int sctpPort;

    @Parameters(
            index = "2..*",
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = CandidateTypes.DESCRIPTION)
    private @Nullable List<CandidateType> types;

    /** What the tool does; it may complete the exit code. */
    abstract ChannelLayer.Tool tool(Narrator narrator, CompletableFuture<Integer> exitCode);

    /** How the association is set up. */
    abstract Configuration.Builder configuration();

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        Configuration configuration = configuration().sctpPort(sctpPort).build();
        return PastedPeer.run(
                peer.settings(types),
                (ice, dtls, narrator, exitCode) -> ChannelLayer.of(configuration, narrator, tool(narrator, exitCode))
                        .apply(ice, dtls));
    }
}
