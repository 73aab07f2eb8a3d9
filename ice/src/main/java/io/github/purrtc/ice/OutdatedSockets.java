package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.harvest.ServerHarvest;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;

/** Which of a gatherer's sockets other options make out of date. To be used on the loop. */
final class OutdatedSockets {
    private final GathererSockets sockets;
    private final GatheredCandidates gathered;

    /** Those that a restart which was taken back has left in use. */
    private final Set<Integer> left = new HashSet<>(0);

    OutdatedSockets(GathererSockets sockets, GatheredCandidates gathered) {
        this.sockets = sockets;
        this.gathered = gathered;
    }

    /** Those that are to go; the peer is told of them no longer. */
    List<Integer> leave(ChangingOptions.Change change) {
        List<Integer> going = sockets.open().stream()
                .filter(id -> goesWith(change, id) && !gathered.isLeaving(id))
                .toList();
        left.clear();
        going.forEach(gathered::leave);
        return going;
    }

    /** Whether the peer is not to be told of it, as it goes with that change or has been {@linkplain #leave left}. */
    boolean isGoing(int socketId, ChangingOptions.Change change) {
        return gathered.isLeaving(socketId) || goesWith(change, socketId);
    }

    /** They are not to go, apart from some. */
    void stay(IntPredicate exceptions) {
        left.addAll(gathered.leavingOnly(exceptions));
    }

    /** What the peer could be told after {@link #leave}. */
    List<Candidate> toldAfter(ChangingOptions.Change change) {
        return gathered.toldWithout(socketId -> goesWith(change, socketId));
    }

    private boolean goesWith(ChangingOptions.Change change, int socketId) {
        return switch (change) {
            case ALL -> true;
            case SERVERS -> left.contains(socketId) || sockets.get(socketId) instanceof ServerHarvest.RelaySocket;
            case NONE -> left.contains(socketId);
        };
    }
}
