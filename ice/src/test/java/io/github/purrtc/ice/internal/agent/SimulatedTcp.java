package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiConsumer;

/**
 * TCP connections of a simulated network: what is lost comes later, what is sent first comes first, and a NAT lets connections out
 * and none in. An active candidate connects with what it writes first to an address.
 */
final class SimulatedTcp {
    private static final long RETRANSMISSION_NANOS = 200 * SimulatedNetwork.MILLI;

    private record Ends(InetSocketAddress from, InetSocketAddress to) {}

    /** One direction of a connection. */
    private static final class Way {
        final InetSocketAddress from;
        final InetSocketAddress to;
        long lastArrival;

        Way(InetSocketAddress from, InetSocketAddress to) {
            this.from = from;
            this.to = to;
        }
    }

    private record Waiting(Way way, byte[] bytes) {}

    private final Random random;
    private final Map<InetAddress, InetAddress> outer = new HashMap<>();
    private final Map<Ends, Way> ways = new HashMap<>();
    private final List<Waiting> waiting = new ArrayList<>();
    private int nextPort = 40_000;

    SimulatedTcp(Random random) {
        this.random = random;
    }

    /** A host, and the address that others see of it; connections come in if that is its own. */
    void host(InetAddress host, InetAddress seenAs) {
        outer.put(host, seenAs);
    }

    static boolean isActive(InetSocketAddress candidate) {
        return candidate.getPort() == 9;
    }

    boolean isListening(InetSocketAddress candidate) {
        return candidate.getAddress().equals(outer.get(candidate.getAddress()));
    }

    /**
     * Writes one frame.
     *
     * @param blocked whether nothing passes at the moment: then it waits
     * @param arrival told when the frame arrives and what it is then
     */
    void send(
            InetSocketAddress from,
            InetSocketAddress to,
            byte[] bytes,
            boolean blocked,
            SimulatedNetwork network,
            BiConsumer<Long, SimulatedNetwork.Datagram> arrival) {
        Way way = way(from, to, network);
        if (way == null) {
            return;
        }
        if (blocked) {
            waiting.add(new Waiting(way, bytes));
            return;
        }
        for (Waiting each : List.copyOf(waiting)) {
            if (each.way == way) {
                waiting.remove(each);
                arrive(way, each.bytes, network, arrival);
            }
        }
        arrive(way, bytes, network, arrival);
    }

    /** Whether what goes from there to there comes out at a path that this peer takes for valid. */
    boolean isTaken(InetSocketAddress from, InetSocketAddress to, Peer peer) {
        Way way = ways.get(new Ends(from, to));
        return way != null && peer.agent.pathState(peer.sockets.indexOf(way.to), way.from) == PathState.VALID;
    }

    private @Nullable Way way(InetSocketAddress from, InetSocketAddress to, SimulatedNetwork network) {
        Way known = ways.get(new Ends(from, to));
        if (known != null || !isActive(from) || !isListening(to)) {
            return known;
        }
        InetSocketAddress source = new InetSocketAddress(outer.get(from.getAddress()), nextPort++);
        Way out = new Way(source, to);
        Way back = new Way(to, from);
        out.lastArrival = network.now + 2 * delay(network); // SYN, and its answer
        ways.put(new Ends(from, to), out);
        ways.put(new Ends(to, source), back);
        return out;
    }

    private void arrive(
            Way way, byte[] bytes, SimulatedNetwork network, BiConsumer<Long, SimulatedNetwork.Datagram> arrival) {
        way.lastArrival = Math.max(way.lastArrival, network.now + delay(network));
        arrival.accept(way.lastArrival, new SimulatedNetwork.Datagram(way.from, way.to, bytes));
    }

    private long delay(SimulatedNetwork network) {
        long delay = network.minDelay;
        for (long again = RETRANSMISSION_NANOS; random.nextDouble() < network.loss; again *= 2) {
            delay += again;
        }
        return delay;
    }
}
