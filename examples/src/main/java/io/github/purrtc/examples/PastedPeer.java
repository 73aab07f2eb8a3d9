package io.github.purrtc.examples;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** An end whose parameters people carry: its own go to standard output, the other's come from standard input, a line of JSON each. */
final class PastedPeer {
    private final OrtcPeer peer;
    private final Story story;
    private final CompletableFuture<Integer> exitCode;
    private volatile boolean closing;
    private boolean started;

    private PastedPeer(OrtcPeer peer, Story story, CompletableFuture<Integer> exitCode) {
        this.peer = peer;
        this.story = story;
        this.exitCode = exitCode;
    }

    /**
     * Runs until it is done.
     *
     * @param exitCode the tool may complete it when it has done what it is for
     */
    static int run(OrtcPeer peer, Story story, CompletableFuture<Integer> exitCode)
            throws InterruptedException, ExecutionException {
        PastedPeer pasted = new PastedPeer(peer, story, exitCode);
        try (CtrlC ctrlC = CtrlC.ends(pasted::close, () -> story.tell("Good-bye"), story::close)) {
            pasted.start();
            return ctrlC.awaitOr(exitCode);
        }
    }

    /** That the connection ends is no news any more. */
    private void close() {
        closing = true;
        peer.close();
    }

    private void start() {
        peer.gather().thenAccept(parameters -> {
            story.tell("Local Parameters:");
            System.out.println(parameters.toJson());
        });
        peer.secured().whenComplete((nothing, failure) -> {
            if (failure != null) {
                story.tell("No connection: " + Failures.describe(failure));
                exitCode.complete(1);
            }
        });
        peer.ended().thenRun(this::onEnd);
        new LineInput(story, exitCode).start(LineInput.standard(), new Lines());
    }

    private void onEnd() {
        if (!closing) {
            exitCode.complete(0);
        }
    }

    private final class Lines implements LineInput.Lines {
        @Override
        public void take(String line) {
            if (started) {
                story.tell("There are remote parameters already; an empty line ends");
                return;
            }
            try {
                OrtcParameters remote = OrtcParameters.parse(line);
                story.tell("Applying remote parameters");
                peer.start(remote);
                started = true;
            } catch (IllegalArgumentException e) {
                story.tell("Invalid remote parameters: " + e.getMessage());
            }
        }

        @Override
        public void end() {
            if (!started) {
                story.tell("The input ended without remote parameters");
                exitCode.complete(1);
            }
        }
    }
}
