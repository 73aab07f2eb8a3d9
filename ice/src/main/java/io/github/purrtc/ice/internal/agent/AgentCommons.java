package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceOptions;

import java.util.ArrayDeque;
import java.util.EnumMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** What outlives an ICE restart: our own sockets, the way out, and what was counted. */
final class AgentCommons {

    final IceOptions options;
    final RandomGenerator random;
    final LocalCandidates locals = new LocalCandidates();
    final ArrayDeque<OutgoingStun> outgoing = new ArrayDeque<>(0);
    final ArrayDeque<IceEvent> events = new ArrayDeque<>(0);

    /** How many there have been. */
    long generations;

    /** Whether the gatherer has said that it is done. */
    boolean allLocalKnown;

    private final Map<DropReason, Long> drops = new EnumMap<>(DropReason.class);

    AgentCommons(IceOptions options, RandomGenerator random) {
        this.options = options;
        this.random = random;
    }

    void drop(DropReason reason) {
        drops.merge(reason, 1L, Long::sum);
    }

    long dropped(DropReason reason) {
        return drops.getOrDefault(reason, 0L);
    }
}
