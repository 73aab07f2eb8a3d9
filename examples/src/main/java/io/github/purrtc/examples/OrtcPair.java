package io.github.purrtc.examples;

import java.util.concurrent.CompletableFuture;

/** Two ends in one process, each told all of the other as it is known. */
record OrtcPair(OrtcPeer a, OrtcPeer b, CompletableFuture<Void> done) implements LoopbackCommand.Pair {
    /** Lets the ends connect. */
    static OrtcPair start(OrtcPeer a, OrtcPeer b, CompletableFuture<Void> done) {
        a.ice().onCandidate(b.ice()::addRemoteCandidate);
        b.ice().onCandidate(a.ice()::addRemoteCandidate);
        OrtcParameters parametersOfA = a.localParameters();
        a.start(b.localParameters());
        b.start(parametersOfA);
        a.gather();
        b.gather();
        CompletableFuture.allOf(a.secured(), b.secured()).whenComplete((nothing, failure) -> {
            if (failure != null) {
                done.completeExceptionally(Failures.unwrap(failure));
            }
        });
        return new OrtcPair(a, b, done);
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
