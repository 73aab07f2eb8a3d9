package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.TcpType;
import io.github.purrtc.ice.internal.IpLiteral;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Our own candidates: those that the gatherer found, and those that the peer's answers show. */
final class LocalCandidates {

    private static final int MAX_CANDIDATES = 128;

    private final List<LocalEndpoint> endpoints = new ArrayList<>(0);
    private int peerReflexive;

    /** Sockets on their way out, each with the number of the last generation that uses it. */
    private final Map<Integer, Long> lastUsers = new HashMap<>(2);

    /** The endpoint, or null if it is known already or has no address. */
    @Nullable
    LocalEndpoint add(Candidate candidate, int socketId) {
        InetSocketAddress address = candidate.socketAddress();
        if (address == null || find(socketId, address) != null) {
            return null;
        }
        LocalEndpoint endpoint = new LocalEndpoint(candidate, socketId, address);
        endpoints.add(endpoint);
        return endpoint;
    }

    void remove(int socketId) {
        endpoints.removeIf(endpoint -> endpoint.socketId() == socketId);
        lastUsers.remove(socketId);
    }

    /** Generations after that one are to do without this socket. */
    void leave(int socketId, long lastUser) {
        lastUsers.putIfAbsent(socketId, lastUser);
    }

    /** Takes {@link #leave} back, for all that were to go after that generation. */
    void stay(long lastUser) {
        lastUsers.values().removeIf(user -> user == lastUser);
    }

    boolean isLeaving(int socketId) {
        return lastUsers.containsKey(socketId);
    }

    boolean isFor(long generation, int socketId) {
        Long lastUser = lastUsers.get(socketId);
        return lastUser == null || generation <= lastUser;
    }

    /** The sockets that no generation after that one uses. */
    List<Integer> unusedAfter(long generation) {
        return lastUsers.entrySet().stream()
                .filter(entry -> entry.getValue() <= generation)
                .map(Map.Entry::getKey)
                .sorted()
                .toList();
    }

    List<LocalEndpoint> endpoints() {
        return endpoints;
    }

    boolean hasBase(long generation) {
        return endpoints.stream().anyMatch(endpoint -> endpoint.isBase() && isFor(generation, endpoint.socketId()));
    }

    /** Whether the peer can connect to one of them. */
    boolean hasPassive(long generation) {
        return endpoints.stream()
                .anyMatch(endpoint ->
                        endpoint.candidate().tcpType() == TcpType.PASSIVE && isFor(generation, endpoint.socketId()));
    }

    @Nullable
    LocalEndpoint base(int socketId) {
        for (LocalEndpoint endpoint : endpoints) {
            if (endpoint.socketId() == socketId && endpoint.isBase()) {
                return endpoint;
            }
        }
        return null;
    }

    /**
     * The candidate that the peer sees when it is reached from this base (RFC 8445 §7.2.5.3.1), made up as a
     * peer-reflexive one if it is not known.
     */
    Candidate mapped(LocalEndpoint base, InetSocketAddress seen) {
        LocalEndpoint known = find(base.socketId(), seen);
        if (known != null) {
            return known.candidate();
        }
        Candidate candidate = new Candidate(
                "prflx" + ++peerReflexive,
                1,
                base.candidate().protocol(),
                CandidateRules.peerReflexivePriority(base.candidate()),
                IpLiteral.format(seen.getAddress()),
                seen.getPort(),
                CandidateType.PEER_REFLEXIVE,
                base.candidate().address(),
                base.candidate().port(),
                base.candidate().tcpType(),
                null);
        if (endpoints.size() < MAX_CANDIDATES) {
            endpoints.add(new LocalEndpoint(candidate, base.socketId(), seen));
        }
        return candidate;
    }

    private @Nullable LocalEndpoint find(int socketId, InetSocketAddress address) {
        for (LocalEndpoint endpoint : endpoints) {
            if (endpoint.socketId() == socketId && endpoint.address().equals(address)) {
                return endpoint;
            }
        }
        return null;
    }
}
