package io.github.purrtc.sctp.sim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** One direction of a network in virtual time. Everything it does follows from its conditions and its random numbers. */
final class SimulatedLink {
    /** What became of a packet. */
    enum Fate {
        UNDERWAY,
        /** On its way, and overtaken by others. */
        HELD_BACK,
        /** By chance, in a burst or in an outage. */
        LOST,
        /** Its queue was full. */
        OVERFLOWN,
        TOO_LONG
    }

    private record Arrival(long atNanos, long order, byte[] packet) {}

    private record Outage(long fromNanos, long untilNanos) {}

    private final RandomGenerator random;
    private final PriorityQueue<Arrival> underway = new PriorityQueue<>(
            (a, b) -> a.atNanos != b.atNanos ? Long.compare(a.atNanos, b.atNanos) : Long.compare(a.order, b.order));
    private final List<Outage> outages = new ArrayList<>();

    private LinkConditions conditions;
    private boolean inLossBurst;
    private long pathFreeAtNanos;
    private long pausedUntilNanos;
    private long lastTransitNanos;
    private long order;
    private long sentPackets;
    private long sentBytes;

    SimulatedLink(LinkConditions conditions, RandomGenerator random) {
        this.conditions = conditions;
        this.random = random;
    }

    void addOutage(long fromNanos, long untilNanos) {
        outages.add(new Outage(fromNanos, untilNanos));
    }

    /** Nothing moves until then, and nothing is lost: what would have arrived before arrives then. */
    void pause(long untilNanos) {
        pausedUntilNanos = untilNanos;
        pathFreeAtNanos = Math.max(pathFreeAtNanos, untilNanos);
    }

    /** From now on nothing goes wrong. */
    void heal() {
        conditions = conditions.healed();
        outages.clear();
        inLossBurst = false;
    }

    /** From now on the path is another one; what is under way arrives as it would have. */
    void become(LinkConditions other) {
        conditions = other;
        outages.clear();
    }

    boolean isOut(long nowNanos) {
        for (Outage outage : outages) {
            if (nowNanos >= outage.fromNanos && nowNanos < outage.untilNanos) {
                return true;
            }
        }
        return false;
    }

    /** From now on longer packets are dropped, and nobody is told. */
    void setMtu(int bytes) {
        conditions = conditions.withMtu(bytes);
    }

    Fate send(byte[] packet, long nowNanos) {
        sentPackets++;
        sentBytes += packet.length;
        if (packet.length > conditions.mtu()) {
            return Fate.TOO_LONG;
        }
        if (isOut(nowNanos) || isLost()) {
            return Fate.LOST;
        }
        long leavesAtNanos = passThePath(packet.length, nowNanos);
        if (leavesAtNanos < 0) {
            return Fate.OVERFLOWN;
        }
        Fate fate = arrive(packet, leavesAtNanos, nowNanos);
        if (random.nextDouble() < conditions.duplication()) {
            arrive(packet, leavesAtNanos + jitter(conditions.delayNanos()), nowNanos);
        }
        return fate;
    }

    /** When the next packet arrives; {@link Long#MAX_VALUE} when none is underway. */
    long nextArrival() {
        Arrival next = underway.peek();
        return next == null ? Long.MAX_VALUE : Math.max(next.atNanos, pausedUntilNanos);
    }

    /** The next packet that has arrived; null when none has. */
    byte @Nullable [] receive(long nowNanos) {
        return nextArrival() <= nowNanos ? underway.remove().packet : null;
    }

    /** How long the last packet takes that is not held back, the queue included. */
    long lastTransitNanos() {
        return lastTransitNanos;
    }

    long sentPackets() {
        return sentPackets;
    }

    long sentBytes() {
        return sentBytes;
    }

    private Fate arrive(byte[] packet, long leavesAtNanos, long nowNanos) {
        long atNanos = leavesAtNanos + conditions.delayNanos() + jitter(conditions.jitterNanos());
        boolean heldBack = random.nextDouble() < conditions.reordering();
        if (heldBack) {
            atNanos += jitter(10 * conditions.delayNanos());
        }
        lastTransitNanos = heldBack ? lastTransitNanos : atNanos - nowNanos;
        byte[] arriving = random.nextDouble() < conditions.corruption() ? corrupted(packet) : packet;
        underway.add(new Arrival(atNanos, order++, arriving));
        return heldBack ? Fate.HELD_BACK : Fate.UNDERWAY;
    }

    private byte[] corrupted(byte[] packet) {
        byte[] bad = packet.clone();
        int flips = 1 + random.nextInt(8);
        for (int i = 0; i < flips; i++) {
            bad[random.nextInt(bad.length)] ^= (byte) (1 << random.nextInt(8));
        }
        return bad;
    }

    private boolean isLost() {
        if (random.nextDouble() < (inLossBurst ? conditions.burstStop() : conditions.burstStart())) {
            inLossBurst = !inLossBurst;
        }
        return inLossBurst || random.nextDouble() < conditions.loss();
    }

    /** When the packet has left the bottleneck; -1 when its queue is full. */
    private long passThePath(int bytes, long nowNanos) {
        if (conditions.bytesPerSecond() == 0) {
            return nowNanos;
        }
        long startsAtNanos = Math.max(nowNanos, pathFreeAtNanos);
        long queuedBytes = (startsAtNanos - nowNanos) * conditions.bytesPerSecond() / 1_000_000_000L;
        if (queuedBytes > conditions.queueBytes()) {
            return -1;
        }
        pathFreeAtNanos = startsAtNanos + bytes * 1_000_000_000L / conditions.bytesPerSecond();
        return pathFreeAtNanos;
    }

    private long jitter(long boundNanos) {
        return boundNanos == 0 ? 0 : random.nextLong(boundNanos + 1);
    }
}
