package io.github.purrtc.ice.internal.agent;

import org.jspecify.annotations.Nullable;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.HashMap;
import java.util.Map;
import java.util.Random;

/**
 * TCP connections of a simulated network: what is lost comes later, what is sent first comes first, and a NAT lets connections out
 * and none in. An active candidate connects with what it writes first to an address.
 *
 * <p>A direction of a connection has one segment on its way that is repeated until it arrives, later each time (RFC 6298 §5); what is
 * written meanwhile follows in one other segment when that is acknowledged. What an outage holds up goes on soon after it.
 */
final class SimulatedTcp {
    /** What Linux adds to the round trip time at least. */
    static final long MIN_RTO_NANOS = 200 * SimulatedNetwork.MILLI;

    /** When a SYN is sent, or sent again (RFC 6298 §2.1), until our sockets give up; and likewise its answer. */
    private static final long[] HANDSHAKE_NANOS = {
        0, SimulatedNetwork.SECOND, 3 * SimulatedNetwork.SECOND, 7 * SimulatedNetwork.SECOND
    };

    private static final long CONNECT_LIMIT_NANOS = 10 * SimulatedNetwork.SECOND;

    /** What our sockets ask Linux for: so many times a segment is repeated before its timeout doubles. */
    private static final int LINEAR_TIMEOUTS = 6;

    /** @param ends as the receiver sees them */
    record Arrival(long at, SimulatedNetwork.Datagram ends) {}

    private record Ends(InetSocketAddress from, InetSocketAddress to) {}

    /** One direction of a connection. */
    private static final class Way {
        final InetSocketAddress from;
        final InetSocketAddress to;
        final ArrayDeque<byte[]> underWay = new ArrayDeque<>();

        /** When what is being repeated arrives, and is acknowledged. */
        Segment first;

        /** What waits for that, null if nothing does. */
        @Nullable
        Segment second;

        Way(InetSocketAddress from, InetSocketAddress to, Segment first) {
            this.from = from;
            this.to = to;
            this.first = first;
        }
    }

    private record Segment(long arrives, long acknowledged) {}

    private final Random random;
    private final Map<InetAddress, InetAddress> outer = new HashMap<>();
    private final Map<Ends, Way> ways = new HashMap<>();
    private final Map<Ends, Way> arriving = new HashMap<>();
    private final Map<Ends, Long> pausedUntil = new HashMap<>();
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
     * @return when something arrives at the other end, which {@link #arrived} then gives; null if there is no connection and none can
     *     be made
     */
    @Nullable
    Arrival send(InetSocketAddress from, InetSocketAddress to, byte[] bytes, SimulatedNetwork network) {
        Way way = way(from, to, network);
        if (way == null) {
            return null;
        }
        way.underWay.add(bytes);
        SimulatedNetwork.Datagram ends = new SimulatedNetwork.Datagram(way.from, way.to, bytes);
        return new Arrival(segment(way, network).arrives, ends);
    }

    /** All connections are reset, with what is on its way by them. */
    void reset() {
        ways.clear();
        arriving.clear();
    }

    /** What comes next between these ends; null if they are not connected any more. */
    SimulatedNetwork.@Nullable Datagram arrived(SimulatedNetwork.Datagram ends) {
        Way way = arriving.get(new Ends(ends.from(), ends.to()));
        return way == null ? null : new SimulatedNetwork.Datagram(way.from, way.to, way.underWay.remove());
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
        if (network.now < pausedUntil.getOrDefault(new Ends(from, to), 0L)) {
            return null;
        }
        long open = network.now + handshake(network);
        if (open > network.now + CONNECT_LIMIT_NANOS) {
            pausedUntil.put(new Ends(from, to), network.now + CONNECT_LIMIT_NANOS);
            return null;
        }
        InetSocketAddress source = new InetSocketAddress(outer.get(from.getAddress()), nextPort++);
        add(from, to, new Way(source, to, new Segment(open, open)));
        add(to, source, new Way(to, from, new Segment(open, open)));
        return ways.get(new Ends(from, to));
    }

    private void add(InetSocketAddress from, InetSocketAddress to, Way way) {
        ways.put(new Ends(from, to), way);
        arriving.put(new Ends(way.from, way.to), way);
    }

    /** How long until the SYN is answered: by each that arrives, and again and again after the first. */
    private long handshake(SimulatedNetwork network) {
        long answered = Long.MAX_VALUE / 2;
        long heard = -1;
        for (long syn : HANDSHAKE_NANOS) {
            if (!isLost(network)) {
                long arrives = syn + network.minDelay;
                heard = heard < 0 ? arrives : heard;
                answered = isLost(network) ? answered : Math.min(answered, arrives + network.minDelay);
            }
        }
        for (int i = 1; heard >= 0 && i < HANDSHAKE_NANOS.length; i++) {
            answered = isLost(network) ? answered : Math.min(answered, heard + HANDSHAKE_NANOS[i] + network.minDelay);
        }
        return answered;
    }

    private boolean isLost(SimulatedNetwork network) {
        return random.nextDouble() < network.loss;
    }

    private Segment segment(Way way, SimulatedNetwork network) {
        if (way.second != null && network.now >= way.first.acknowledged) {
            way.first = way.second;
            way.second = null;
        }
        if (network.now >= way.first.acknowledged) {
            way.first = transmitted(network.now, network);
            return way.first;
        }
        if (way.second == null) {
            way.second = transmitted(way.first.acknowledged, network);
        }
        return way.second;
    }

    /** Nothing waits for a segment that arrives at once. */
    private Segment transmitted(long at, SimulatedNetwork network) {
        long sent = at;
        long rto = MIN_RTO_NANOS + 2 * network.minDelay;
        for (int lost = 1; isLost(network); lost++) {
            sent += rto;
            rto = lost < LINEAR_TIMEOUTS ? rto : 2 * rto;
        }
        long arrives = sent + network.minDelay;
        return new Segment(arrives, sent == at ? at : arrives + network.minDelay);
    }
}
