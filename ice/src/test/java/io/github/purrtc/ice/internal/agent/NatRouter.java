package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Hosts behind NATs, relays, and the Internet between them, where private addresses lead nowhere. */
final class NatRouter implements SimulatedNetwork.Router {

    private static final InetSocketAddress STUN_SERVER = new InetSocketAddress("192.0.2.1", 3478);

    private final Map<InetAddress, List<Nat>> chains = new HashMap<>();
    private final Map<InetAddress, Nat> nats = new HashMap<>();

    /** The addresses that a relay lets through to its client: those that the client has sent to (RFC 8656 §9). */
    private final Map<InetSocketAddress, Set<InetAddress>> permissions = new HashMap<>();

    private final Set<InetAddress> withoutUdp = new HashSet<>();

    /** A host whose datagrams pass these NATs, from the inner to the outer one. */
    void host(InetAddress host, List<Nat> chain) {
        chains.put(host, chain);
        chain.forEach(nat -> nats.put(nat.outer(), nat));
    }

    void blockUdp(InetAddress host) {
        withoutUdp.add(host);
    }

    void relay(InetSocketAddress relayed) {
        permissions.put(relayed, new HashSet<>());
    }

    /** What a STUN server on the Internet would answer, null if it is not reached. */
    @Nullable
    InetSocketAddress seenByServer(InetSocketAddress socket) {
        return outbound(socket, STUN_SERVER);
    }

    @Override
    public @Nullable InetSocketAddress outbound(InetSocketAddress from, InetSocketAddress to) {
        Set<InetAddress> permitted = permissions.get(from);
        if (permitted != null) {
            permitted.add(to.getAddress());
            return from;
        }
        if (withoutUdp.contains(from.getAddress())) {
            return null;
        }
        InetSocketAddress source = from;
        for (Nat nat : chains.getOrDefault(from.getAddress(), List.of())) {
            source = nat.outbound(source, to);
        }
        return source;
    }

    @Override
    public @Nullable InetSocketAddress inbound(InetSocketAddress from, InetSocketAddress to) {
        Set<InetAddress> permitted = permissions.get(to);
        if (permitted != null) {
            return permitted.contains(from.getAddress()) ? to : null;
        }
        InetSocketAddress inside = to;
        boolean outside = true;
        for (Nat nat = nats.get(to.getAddress()); nat != null; nat = nats.get(inside.getAddress())) {
            inside = nat.inbound(from, inside.getPort());
            if (inside == null) {
                return null;
            }
            outside = false;
        }
        boolean unrouted = outside && inside.getAddress().isSiteLocalAddress();
        return unrouted || withoutUdp.contains(inside.getAddress()) ? null : inside;
    }
}
