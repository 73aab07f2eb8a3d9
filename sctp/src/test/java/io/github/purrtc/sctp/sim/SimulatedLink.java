package io.github.purrtc.sctp.sim;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.random.RandomGenerator;

/** One direction of a network in virtual time. Everything it does follows from its conditions and its random numbers. */
final class SimulatedLink {
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

    void send(byte[] packet, long nowNanos) {
        sentPackets++;
        sentBytes += packet.length;
        if (packet.length > conditions.mtu() || isOut(nowNanos) || isLost()) {
            return;
        }
        long leavesAtNanos = passThePath(packet.length, nowNanos);
        if (leavesAtNanos < 0) {
            return;
        }
        arrive(packet, leavesAtNanos);
        if (random.nextDouble() < conditions.duplication()) {
            arrive(packet, leavesAtNanos + jitter(conditions.delayNanos()));
        }
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

    long sentPackets() {
        return sentPackets;
    }

    long sentBytes() {
        return sentBytes;
    }

    private void arrive(byte[] packet, long leavesAtNanos) {
        long atNanos = leavesAtNanos + conditions.delayNanos() + jitter(conditions.jitterNanos());
        if (random.nextDouble() < conditions.reordering()) {
            atNanos += jitter(10 * conditions.delayNanos());
        }
        byte[] arriving = random.nextDouble() < conditions.corruption() ? corrupted(packet) : packet;
        underway.add(new Arrival(atNanos, order++, arriving));
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
