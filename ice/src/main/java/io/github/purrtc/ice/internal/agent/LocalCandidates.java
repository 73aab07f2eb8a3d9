package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.internal.IpLiteral;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** Our own candidates: those that the gatherer found, and those that the peer's answers show. */
final class LocalCandidates {

    private static final int MAX_CANDIDATES = 128;

    private final List<LocalEndpoint> endpoints = new ArrayList<>();
    private int peerReflexive;

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
    }

    List<LocalEndpoint> endpoints() {
        return endpoints;
    }

    boolean hasBase() {
        return endpoints.stream().anyMatch(LocalEndpoint::isBase);
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
