package io.github.purrtc.examples;

import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceRole;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;

/** The tools with both ends, A and B, in one process. They end by themselves when the input is at its end and all is done. */
abstract class LoopbackCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "TYPE",
            arity = "0..*",
            converter = CandidateTypes.class,
            completionCandidates = CandidateTypes.class,
            description = CandidateTypes.DESCRIPTION)
    private @Nullable List<CandidateType> types;

    @Mixin
    private GatherArguments gathering = new GatherArguments();

    /** Both ends at work. */
    interface Pair extends AutoCloseable {
        /** Complete when all has happened that the tool is for. */
        CompletionStage<Void> done();

        @Override
        void close();
    }

    /** Makes both ends and lets them begin. */
    abstract Pair start(PeerSettings a, PeerSettings b, Story story);

    @Override
    public Integer call() throws InterruptedException, ExecutionException {
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (Story story = Story.onStandardOutput();
                Pair pair = start(settings("A", IceRole.CONTROLLING), settings("B", IceRole.CONTROLLED), story);
                CtrlC ctrlC = CtrlC.ends(pair::close, () -> story.tell("Good-bye"), story::close)) {
            pair.done().whenComplete((nothing, failure) -> {
                story.tell(failure == null ? "Done; Enter or Ctrl-C ends" : "Failed: " + Failures.describe(failure));
                if (failure != null) {
                    exitCode.complete(1);
                }
            });
            new LineInput(story, exitCode).start(LineInput.standard(), new UntilDone(pair, exitCode));
            return ctrlC.awaitOr(exitCode);
        }
    }

    private PeerSettings settings(String name, IceRole role) {
        return new PeerSettings(name, role, gathering.options(), gathering.types(types));
    }

    private record UntilDone(Pair pair, CompletableFuture<Integer> exitCode) implements LineInput.Lines {
        @Override
        public void take(String line) {
            // Only an empty line means something.
        }

        @Override
        public void end() {
            pair.done().thenRun(() -> exitCode.complete(0));
        }
    }
}
