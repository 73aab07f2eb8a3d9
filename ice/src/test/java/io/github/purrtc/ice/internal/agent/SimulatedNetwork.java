package io.github.purrtc.ice.internal.agent;

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

    record Datagram(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {}

    private record InFlight(long at, long order, Datagram datagram) implements Comparable<InFlight> {
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
    private final Map<InetSocketAddress, InetSocketAddress> translated = new HashMap<>();
    private final Map<InetSocketAddress, InetSocketAddress> insides = new HashMap<>();
    final List<Datagram> sent = new ArrayList<>();

    long now = 1_000 * SECOND;
    double loss;
    double duplication;
    long minDelay;
    long jitter;

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

    /** From now on a NAT shows this address instead; what comes to the old one is lost. */
    void translate(InetSocketAddress inside, InetSocketAddress outside) {
        translated.put(inside, outside);
        owners.put(outside, owners.remove(inside));
        insides.put(outside, inside);
    }

    void disown(InetSocketAddress address) {
        owners.remove(address);
    }

    void send(InetSocketAddress from, InetSocketAddress to, byte[] bytes) {
        Datagram datagram = new Datagram(translated.getOrDefault(from, from), to, bytes);
        sent.add(datagram);
        if (blocked.test(datagram)) {
            return;
        }
        int copies = random.nextDouble() < duplication ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            if (random.nextDouble() >= loss) {
                long delay = minDelay + extraDelay.applyAsLong(datagram) + (jitter == 0 ? 0 : random.nextLong(jitter));
                inFlight.add(new InFlight(now + delay, order++, datagram));
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
            Peer owner = owners.get(first.datagram.to);
            if (owner != null) {
                Datagram datagram = first.datagram;
                InetSocketAddress inside = insides.getOrDefault(datagram.to, datagram.to);
                owner.receive(new Datagram(datagram.from, inside, datagram.bytes), now);
            }
            return;
        }
        for (Peer peer : peers) {
            if (peer.nextTimeout() <= now) {
                timersFired++;
                peer.onTimeout(now);
                if (peer.nextTimeout() <= now) {
                    throw new AssertionError(peer.name + ": a timer that is due does not go away");
                }
            }
        }
    }
}
