package io.github.purrtc.examples;

import io.github.purrtc.dtls.DtlsTransport;

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

    /** What is carried by DTLS. */
    interface Layer {
        /**
         * Makes it.
         *
         * @param exitCode the layer may complete it when it has done what it is for
         */
        DataLayer make(IcePeer ice, DtlsTransport dtls, Narrator narrator, CompletableFuture<Integer> exitCode);
    }

    /** Runs until it is done, and tells of it on standard error; returns the exit code. */
    static int run(PeerSettings settings, Layer layer) throws InterruptedException, ExecutionException {
        CompletableFuture<Integer> exitCode = new CompletableFuture<>();
        try (Story story = Story.onStandardError()) {
            Narrator narrator = new Narrator(story, settings.name());
            try (OrtcPeer peer =
                    new OrtcPeer(settings, narrator, (ice, dtls) -> layer.make(ice, dtls, narrator, exitCode))) {
                return new PastedPeer(peer, story, exitCode).run();
            }
        }
    }

    private int run() throws InterruptedException, ExecutionException {
        try (CtrlC ctrlC = CtrlC.ends(this::close, () -> story.tell("Good-bye"), story::close)) {
            start();
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
