package io.github.purrtc.examples;

import java.util.concurrent.CompletionStage;

/** Two ends in one process, each told all of the other as it is known. */
record OrtcPair(OrtcPeer a, OrtcPeer b, CompletionStage<Void> done) implements LoopbackCommand.Pair {
    /** Lets the ends connect. */
    static OrtcPair start(OrtcPeer a, OrtcPeer b, CompletionStage<Void> work) {
        a.ice().onCandidate(b.ice()::addRemoteCandidate);
        b.ice().onCandidate(a.ice()::addRemoteCandidate);
        OrtcParameters parametersOfA = a.localParameters();
        a.start(b.localParameters());
        b.start(parametersOfA);
        a.ice().gather();
        b.ice().gather();
        return new OrtcPair(a, b, bothSecured(a, b).thenCompose(nothing -> work));
    }

    static CompletionStage<Void> bothSecured(OrtcPeer a, OrtcPeer b) {
        return a.secured().thenCompose(nothing -> b.secured());
    }

    @Override
    public void close() {
        a.close();
        b.close();
    }
}
