package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidatePair;
import io.github.purrtc.ice.IceOptions;
import io.github.purrtc.ice.IceParameters;
import io.github.purrtc.ice.IceRole;
import io.github.purrtc.ice.IceTransportState;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.random.RandomGenerator;

/** Signatures; the behaviour follows. */
public final class IceAgent {

    private final ArrayDeque<OutgoingStun> outgoing = new ArrayDeque<>();
    private final ArrayDeque<IceEvent> events = new ArrayDeque<>();
    private IceTransportState state = IceTransportState.NEW;
    private IceRole role = IceRole.CONTROLLED;

    public IceAgent(IceParameters local, IceOptions options, RandomGenerator random) {}

    public void addLocalCandidate(Candidate candidate, int socketId, long nowNanos) {}

    public void endOfLocalCandidates(long nowNanos) {}

    public void start(IceRole initialRole, IceParameters remote, long nowNanos) {
        role = initialRole;
    }

    public void addRemoteCandidate(Candidate candidate, long nowNanos) {}

    public void endOfRemoteCandidates(long nowNanos) {}

    public void receive(int socketId, InetSocketAddress source, ByteBuffer datagram, long nowNanos) {}

    public PathState pathState(int socketId, InetSocketAddress source) {
        return PathState.UNKNOWN;
    }

    public @Nullable OutgoingStun transmit() {
        return outgoing.poll();
    }

    public @Nullable IceEvent poll() {
        return events.poll();
    }

    public void onTimeout(long nowNanos) {}

    public long nextTimeout() {
        return Long.MAX_VALUE;
    }

    public void stop() {
        state = IceTransportState.CLOSED;
    }

    public IceTransportState state() {
        return state;
    }

    public IceRole role() {
        return role;
    }

    public @Nullable CandidatePair selectedPair() {
        return null;
    }

    public long roundTripNanos() {
        return -1;
    }
}
