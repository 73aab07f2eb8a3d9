package io.github.purrtc.ice.internal.agent;

import io.github.purrtc.ice.IceProtocol;
import org.jspecify.annotations.Nullable;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import java.util.function.ToLongFunction;

/** Datagrams between peers in virtual time; the seed decides what is lost, late or twice. */
final class SimulatedNetwork {

    static final long MILLI = 1_000_000;
    static final long SECOND = 1_000 * MILLI;

    /** The NATs on the way; without one addresses are what they are. */
    interface Router {

        /** The source address that the Internet sees, null if the datagram does not get out. */
        @Nullable
        InetSocketAddress outbound(InetSocketAddress from, InetSocketAddress to);

        /** The socket that a datagram to this address reaches, null if it is not let in. */
        @Nullable
        InetSocketAddress inbound(InetSocketAddress from, InetSocketAddress to);
    }

    private static final class NoNat implements Router {
        @Override
        public InetSocketAddress outbound(InetSocketAddress from, InetSocketAddress to) {
            return from;
        }

        @Override
        public InetSocketAddress inbound(InetSocketAddress from, InetSocketAddress to) {
            return to;
        }
    }

    record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    private record InFlight(long at, long order, Datagram datagram, boolean overTcp) implements Comparable<InFlight> {
        @Override
        public int compareTo(InFlight other) {
            int byTime = Long.compare(at, other.at);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }

    private final Random random;
    private final List<Peer> peers = new ArrayList<>();
    private final Map<InetSocketAddress, Peer> owners = new HashMap<>();
    private final PriorityQueue<InFlight> inFlight = new PriorityQueue<>();

    /** As NATs let it out, or as it was written to TCP. */
    final List<Datagram> sent = new ArrayList<>();

    long now = 1_000 * SECOND;
    double loss;
    double duplication;
    long minDelay;
    long jitter;

    Router router = new NoNat();

    /** Null: there is no TCP. */
    @Nullable
    SimulatedTcp tcp;

    /** What a path adds to the delay. */
    ToLongFunction<Datagram> extraDelay = datagram -> 0;

    /** What never arrives, whatever the dice say. */
    Predicate<Datagram> blocked = datagram -> false;

    private long order;
    long timersFired;

    SimulatedNetwork(long seed) {
        random = new Random(seed);
    }

    void add(Peer peer) {
        peers.add(peer);
    }

    void own(InetSocketAddress address, Peer peer) {
        owners.put(address, peer);
    }

    void disown(InetSocketAddress address) {
        owners.remove(address);
    }

    void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes, IceProtocol protocol) {
        if (protocol == IceProtocol.TCP) {
            sent.add(new Datagram(from, to, bytes));
            SimulatedTcp.Arrival arrival = tcp == null ? null : tcp.send(from, to, bytes, this);
            if (arrival != null) {
                inFlight.add(new InFlight(arrival.at(), order++, arrival.ends(), true));
            }
        } else {
            send(from, to, bytes);
        }
    }

    private void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        InetSocketAddress source = router.outbound(from, to);
        if (source == null) {
            return;
        }
        Datagram datagram = new Datagram(source, to, bytes);
        sent.add(datagram);
        if (blocked.test(datagram)) {
            return;
        }
        int copies = random.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= loss) {
                long delay = minDelay + extraDelay.applyAsLong(datagram) + (jitter == 0 ? 0 : random.nextLong(jitter));
                inFlight.add(new InFlight(now + delay, order++, datagram, false));
            }
        }
    }

    void runFor(long nanos) {
        runUntil(() -> false, nanos);
    }

    /** Runs until the condition holds or the time is over; says whether it holds. */
    boolean runUntil(BooleanSupplier condition, long nanos) {
        long end = now + nanos;
        while (!condition.getAsBoolean()) {
            long next = nextEvent();
            if (next > end) {
                now = end;
                return condition.getAsBoolean();
            }
            now = Math.max(now, next);
            step();
        }
        return true;
    }

    private long nextEvent() {
        long next = inFlight.isEmpty() ? Long.MAX_VALUE : inFlight.peek().at;
        for (Peer peer : peers) {
            next = Math.min(next, peer.nextTimeout());
        }
        return next;
    }

    private void step() {
        InFlight first = inFlight.peek();
        if (first != null && first.at <= now) {
            inFlight.poll();
            if (first.overTcp) {
                arriveByTcp(first);
                return;
            }
            Datagram datagram = first.datagram;
            InetSocketAddress inside = router.inbound(datagram.from, datagram.to);
            if (inside != null) {
                deliver(new Datagram(datagram.from, inside, datagram.bytes));
            }
            return;
        }
        for (Peer peer : peers) {
            if (peer.nextTimeout() <= now) {
                timersFired++;
                peer.onTimeout(now);
                if (peer.nextTimeout() <= now) {
                    peer.onTimeout(now); // a pair that was selected by the first may have its consent check due
                }
                if (peer.nextTimeout() <= now) {
                    throw new AssertionError(peer.name + ": a timer that is due does not go away");
                }
            }
        }
    }

    private void arriveByTcp(InFlight segment) {
        if (tcp != null && blocked.test(segment.datagram)) {
            inFlight.add(new InFlight(now + SimulatedTcp.MIN_RTO_NANOS, segment.order, segment.datagram, true));
        } else if (tcp != null) {
            Datagram arrived = tcp.arrived(segment.datagram);
            if (arrived != null) {
                deliver(arrived);
            }
        }
    }

    private void deliver(Datagram datagram) {
        Peer owner = owners.get(datagram.to);
        if (owner != null) {
            owner.receive(datagram, now);
        }
    }
}
