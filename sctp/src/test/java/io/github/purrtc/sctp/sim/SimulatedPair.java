package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.SctpOptions;

import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;

import static org.junit.jupiter.api.Assertions.assertTrue;

/** Two peers, A and Z, the network between them, what they are to do, and one virtual clock that jumps from event to event. */
final class SimulatedPair {
    private static final int MAX_STEPS = 400_000;

    private record Action(long atNanos, long order, Runnable run) {}

    final Peer a;
    final Peer z;
    final SimulatedLink aToZ;
    final SimulatedLink zToA;
    final Ledger ledgerOfA = new Ledger();
    final Ledger ledgerOfZ = new Ledger();

    private final SplittableRandom random;
    private final PriorityQueue<Action> actions = new PriorityQueue<>(
            (x, y) -> x.atNanos != y.atNanos ? Long.compare(x.atNanos, y.atNanos) : Long.compare(x.order, y.order));

    private long now = 1_000_000;
    private long order;
    private int steps;

    SimulatedPair(
            SctpOptions optionsOfA,
            SctpOptions optionsOfZ,
            LinkConditions aToZConditions,
            LinkConditions zToAConditions,
            SplittableRandom random) {
        this.random = random;
        aToZ = new SimulatedLink(aToZConditions, random.split());
        zToA = new SimulatedLink(zToAConditions, random.split());
        a = new Peer("A", optionsOfA, random.split(), aToZ, ledgerOfA, ledgerOfZ);
        z = new Peer("Z", optionsOfZ, random.split(), zToA, ledgerOfZ, ledgerOfA);
    }

    long now() {
        return now;
    }

    int steps() {
        return steps;
    }

    void at(long atNanos, Runnable action) {
        actions.add(new Action(atNanos, order++, action));
    }

    void heal() {
        aToZ.heal();
        zToA.heal();
    }

    /** Lets time pass until the condition holds; false when it does not until then. */
    boolean runUntil(BooleanSupplier condition, long deadlineNanos) {
        while (!condition.getAsBoolean()) {
            long next = nextEvent();
            if (next == Long.MAX_VALUE || next > deadlineNanos) {
                now = Math.max(now, deadlineNanos);
                return condition.getAsBoolean();
            }
            step(next);
        }
        return true;
    }

    private long nextEvent() {
        long next = actions.isEmpty() ? Long.MAX_VALUE : actions.element().atNanos;
        next = Math.min(next, Math.min(aToZ.nextArrival(), zToA.nextArrival()));
        return Math.min(next, Math.min(a.nextTimeout(), z.nextTimeout()));
    }

    private void step(long next) {
        assertTrue(++steps < MAX_STEPS, "no end in sight after " + steps + " steps");
        now = Math.max(now, next);
        if (!actions.isEmpty() && actions.element().atNanos <= now) {
            actions.remove().run.run();
            return;
        }
        // Whether the timer or the packet comes first, when both are due, is the machine's mood.
        if (random.nextBoolean()) {
            serve(a, zToA);
            serve(z, aToZ);
        } else {
            serve(z, aToZ);
            serve(a, zToA);
        }
    }

    private void serve(Peer peer, SimulatedLink incoming) {
        boolean timerFirst = random.nextBoolean();
        if (timerFirst && peer.nextTimeout() <= now) {
            peer.onTimeout(now);
        }
        List<byte[]> burst = new ArrayList<>();
        int most = 1 + random.nextInt(32);
        while (burst.size() < most && incoming.nextArrival() <= now) {
            burst.add(incoming.receive(now));
        }
        if (!burst.isEmpty()) {
            peer.receive(burst, now);
        }
        if (!timerFirst && peer.nextTimeout() <= now) {
            peer.onTimeout(now);
        }
    }
}
