package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

/** One NAT with one outer address. */
final class Nat {

    private record Key(InetSocketAddress inside, @Nullable InetSocketAddress destination) {}

    private static final class Mapping {
        private final InetSocketAddress inside;
        private final Set<InetSocketAddress> sentTo = new HashSet<>();

        Mapping(InetSocketAddress inside) {
            this.inside = inside;
        }
    }

    private final NatKind kind;
    private final InetAddress outer;
    private final Map<Key, Integer> ports = new HashMap<>();
    private final Map<Integer, Mapping> mappings = new HashMap<>();
    private int nextPort;

    Nat(NatKind kind, InetAddress outer, int firstPort) {
        this.kind = kind;
        this.outer = outer;
        nextPort = firstPort;
    }

    InetAddress outer() {
        return outer;
    }

    InetSocketAddress outbound(InetSocketAddress inside, InetSocketAddress to) {
        int port = ports.computeIfAbsent(new Key(inside, kind.mapsByDestination() ? to : null), key -> {
            mappings.put(nextPort, new Mapping(inside));
            return nextPort++;
        });
        mappings.get(port).sentTo.add(to);
        return new InetSocketAddress(outer, port);
    }

    @Nullable
    InetSocketAddress inbound(InetSocketAddress from, int port) {
        Mapping mapping = mappings.get(port);
        return mapping != null && lets(mapping, from) ? mapping.inside : null;
    }

    private boolean lets(Mapping mapping, InetSocketAddress from) {
        return switch (kind.filtering()) {
            case NONE -> true;
            case ADDRESS ->
                mapping.sentTo.stream().anyMatch(to -> to.getAddress().equals(from.getAddress()));
            case ADDRESS_AND_PORT -> mapping.sentTo.contains(from);
        };
    }
}
