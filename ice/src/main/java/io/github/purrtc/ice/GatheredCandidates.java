package io.github.purrtc.ice;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.IntPredicate;

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

    private final List<Gathered> all = new ArrayList<>(0);
    private final Set<Integer> leaving = new HashSet<>(2);
    private volatile List<Candidate> told = List.of();

    /** Whether another server has told of the same. */
    boolean has(Candidate candidate, int socketId) {
        return all.stream()
                .anyMatch(each -> each.socketId == socketId
                        && each.candidate.type() == candidate.type()
                        && each.candidate.address().equals(candidate.address())
                        && each.candidate.port() == candidate.port());
    }

    /** The peer is not told of that socket's candidates any more. */
    void leave(int socketId) {
        leaving.add(socketId);
        recount();
    }

    boolean isLeaving(int socketId) {
        return leaving.contains(socketId);
    }

    /** It is, of those that are not leaving after all, which are given back. */
    List<Integer> leavingOnly(IntPredicate isLeaving) {
        List<Integer> staying =
                leaving.stream().filter(socketId -> !isLeaving.test(socketId)).toList();
        staying.forEach(leaving::remove);
        recount();
        return staying;
    }

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
        leaving.remove(socketId);
        recount();
        return gone;
    }

    private void recount() {
        told = toldWithout(socketId -> false);
    }

    /** What the peer may be told; from any thread. */
    List<Candidate> told() {
        return told;
    }

    /** Those of them whose sockets do not go. */
    List<Candidate> toldWithout(IntPredicate goes) {
        return all.stream()
                .filter(this::isTold)
                .filter(each -> !goes.test(each.socketId))
                .map(Gathered::candidate)
                .toList();
    }

    private boolean isTold(Gathered each) {
        return each.audience != Audience.TRANSPORT && !isLeaving(each.socketId);
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
