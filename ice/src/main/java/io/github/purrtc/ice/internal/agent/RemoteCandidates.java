package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.TcpType;
import io.github.purrtc.ice.internal.IpLiteral;
import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;

/** The peer's addresses, signalled or seen; bounded, because the peer chooses how many there are. */
final class RemoteCandidates {

    private static final int MAX_SIGNALLED = 100;
    private static final int MAX_PEER_REFLEXIVE = 64;

    private final List<RemoteEndpoint> endpoints = new ArrayList<>(0);
    private int signalled;
    private int peerReflexive;

    /** What became of a candidate. */
    sealed interface Outcome {

        /** There is an address to check that was not known. */
        record Added(RemoteEndpoint endpoint) implements Outcome {}

        /** An address that was known as peer-reflexive now has its signalled candidate (RFC 8445 §7.3.1.3). */
        record Merged(RemoteEndpoint endpoint) implements Outcome {}

        /** It tells that there is a peer, and no address that could be checked: a name, say, or an active TCP candidate. */
        record Noted() implements Outcome {}

        record Dropped(DropReason reason) implements Outcome {}
    }

    /** @param address null if it is not known */
    Outcome add(Candidate candidate, @Nullable InetSocketAddress address) {
        if (candidate.component() != 1) {
            return new Outcome.Dropped(DropReason.CANDIDATE_IGNORED);
        }
        if (address != null && !mayBeChecked(candidate, address)) {
            return new Outcome.Dropped(DropReason.CANDIDATE_REFUSED);
        }
        if (++signalled > MAX_SIGNALLED) {
            signalled = MAX_SIGNALLED;
            return new Outcome.Dropped(DropReason.CANDIDATE_IGNORED);
        }
        return address == null || !isReachable(candidate) ? new Outcome.Noted() : addAddress(candidate, address);
    }

    private Outcome addAddress(Candidate candidate, InetSocketAddress address) {
        RemoteEndpoint known = find(candidate.protocol(), address);
        if (known == null) {
            RemoteEndpoint endpoint = new RemoteEndpoint(address, candidate);
            endpoints.add(endpoint);
            return new Outcome.Added(endpoint);
        }
        if (known.candidate.type() != CandidateType.PEER_REFLEXIVE) {
            return new Outcome.Dropped(DropReason.CANDIDATE_IGNORED);
        }
        known.candidate = candidate;
        return new Outcome.Merged(known);
    }

    /** The endpoint of a source address, made up as a peer-reflexive candidate if need be; null if there are too many. */
    @Nullable
    RemoteEndpoint findOrDiscover(IceProtocol protocol, InetSocketAddress source, long priority) {
        RemoteEndpoint known = find(protocol, source);
        if (known != null || peerReflexive >= MAX_PEER_REFLEXIVE) {
            return known;
        }
        Candidate candidate = new Candidate(
                "prflx" + ++peerReflexive,
                1,
                protocol,
                Math.max(1, priority),
                IpLiteral.format(source.getAddress()),
                source.getPort(),
                CandidateType.PEER_REFLEXIVE,
                null,
                0,
                protocol == IceProtocol.TCP ? TcpType.ACTIVE : null,
                null);
        RemoteEndpoint endpoint = new RemoteEndpoint(source, candidate);
        endpoints.add(endpoint);
        return endpoint;
    }

    List<RemoteEndpoint> endpoints() {
        return endpoints;
    }

    private @Nullable RemoteEndpoint find(IceProtocol protocol, InetSocketAddress address) {
        for (RemoteEndpoint endpoint : endpoints) {
            if (endpoint.candidate.protocol() == protocol && endpoint.address.equals(address)) {
                return endpoint;
            }
        }
        return null;
    }

    /** Whoever signals candidates must not be able to direct our packets at a whole network. */
    private static boolean mayBeChecked(Candidate candidate, InetSocketAddress address) {
        InetAddress ip = address.getAddress();
        return !(isReachable(candidate) && address.getPort() == 0)
                && !ip.isAnyLocalAddress()
                && !ip.isMulticastAddress()
                && !isBroadcastOrThisNetwork(ip.getAddress());
    }

    /** An active TCP candidate cannot be connected to, nor one that opens simultaneously by ours (RFC 6544 §6.2). */
    private static boolean isReachable(Candidate candidate) {
        return candidate.protocol() == IceProtocol.UDP || candidate.tcpType() == TcpType.PASSIVE;
    }

    private static boolean isBroadcastOrThisNetwork(byte[] ip) {
        boolean broadcast = ip[0] == -1 && ip[1] == -1 && ip[2] == -1 && ip[3] == -1;
        return ip.length == 4 && (ip[0] == 0 || broadcast);
    }
}
