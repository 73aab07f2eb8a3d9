package io.github.purrtc.ice;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** What a gatherer has found so far, and who is told of it. */
final class GatheredCandidates {
    /** Whom a candidate is for. */
    enum Audience {
        /** The transport alone: the peer is not to know of it. */
        TRANSPORT,
        /** The peer alone: it stands in for one that the transport has. */
        PEER,
        BOTH
    }

    private record Gathered(Candidate candidate, int socketId, Audience audience) {}

    private final List<Gathered> all = new ArrayList<>();
    private volatile List<Candidate> told = List.of();

    void add(Candidate candidate, int socketId, Audience audience) {
        all.add(new Gathered(candidate, socketId, audience));
        recount();
    }

    /** Those that were served by that socket, as far as the peer may have been told. */
    List<Candidate> remove(int socketId) {
        List<Candidate> gone = all.stream()
                .filter(each -> each.socketId == socketId && each.audience != Audience.TRANSPORT)
                .map(Gathered::candidate)
                .toList();
        all.removeIf(each -> each.socketId == socketId);
        recount();
        return gone;
    }

    private void recount() {
        told = all.stream()
                .filter(each -> each.audience != Audience.TRANSPORT)
                .map(Gathered::candidate)
                .toList();
    }

    /** What the peer may be told; from any thread. */
    List<Candidate> told() {
        return told;
    }

    /** Each that the transport is to know, with its socket. */
    void forTransport(BiConsumer<Candidate, Integer> transport) {
        for (Gathered each : List.copyOf(all)) {
            if (each.audience != Audience.PEER) {
                transport.accept(each.candidate, each.socketId);
            }
        }
    }
}
