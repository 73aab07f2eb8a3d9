package io.github.purrtc.benchmarks.measure;

import io.github.purrtc.benchmarks.stack.Peer;
import io.github.purrtc.benchmarks.stack.SignalledCandidate;
import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;

/** Holds the candidates that come before the description they belong to. Thread-safe; no lock is held over the peer. */
final class CandidateGate {
    private final List<SignalledCandidate> early = new ArrayList<>();
    private @Nullable Peer peer;

    void add(SignalledCandidate candidate) {
        Peer open;
        synchronized (this) {
            open = peer;
            if (open == null) {
                early.add(candidate);
            }
        }
        if (open != null) {
            open.addCandidate(candidate);
        }
    }

    void open(Peer described) {
        List<SignalledCandidate> waiting;
        synchronized (this) {
            peer = described;
            waiting = List.copyOf(early);
            early.clear();
        }
        waiting.forEach(described::addCandidate);
    }
}
