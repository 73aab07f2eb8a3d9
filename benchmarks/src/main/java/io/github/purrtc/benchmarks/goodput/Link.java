package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Conditions;
import io.github.purrtc.benchmarks.emulator.Delays;
import io.github.purrtc.benchmarks.emulator.Path;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.PriorityQueue;
import java.util.SplittableRandom;

/** One direction of a path in virtual time: a bottleneck with its queue, and what becomes of packets behind it. */
final class Link {
    private static final class Packet implements Comparable<Packet> {
        final ByteBuffer content;
        int flow;
        long order;
        long arrivesAtNanos;

        Packet(int capacity) {
            content = ByteBuffer.allocate(capacity);
        }

        @Override
        public int compareTo(Packet other) {
            return arrivesAtNanos == other.arrivesAtNanos
                    ? Long.compare(order, other.order)
                    : Long.compare(arrivesAtNanos, other.arrivesAtNanos);
        }
    }

    private final int maxPacketSize;
    private final Path bottleneck;
    private final Path behind;
    private final long[] arrivals = new long[Path.MAX_ARRIVALS];
    private final PriorityQueue<Packet> underway = new PriorityQueue<>();
    private final ArrayDeque<Packet> free = new ArrayDeque<>();
    private long order;

    Link(Conditions bottleneck, Conditions behind, int maxPacketSize, SplittableRandom random) {
        this.maxPacketSize = maxPacketSize;
        this.bottleneck = new Path(bottleneck, random, 0);
        this.behind = new Path(behind, random, 0);
    }

    /** A buffer for the next packet: to be given to {@link #send}, or asked for again. */
    ByteBuffer nextBuffer() {
        if (free.isEmpty()) {
            free.push(new Packet(maxPacketSize));
        }
        return free.getFirst().content.clear();
    }

    /**
     * Sends what was written to {@link #nextBuffer}.
     *
     * @param flow whose packet it is
     */
    void send(int flow, long nowNanos) {
        ByteBuffer content = free.getFirst().content.flip();
        if (bottleneck.send(content.remaining(), nowNanos, arrivals) == 0) {
            return;
        }
        int times = behind.send(content.remaining(), arrivals[0], arrivals);
        for (int i = 0; i < times; i++) {
            if (i > 0) {
                nextBuffer().put(content.duplicate()).flip();
            }
            Packet packet = free.pop();
            packet.flow = flow;
            packet.order = order++;
            packet.arrivesAtNanos = arrivals[i];
            underway.add(packet);
        }
    }

    /** When the next packet arrives; {@link Long#MAX_VALUE} when none is under way. */
    long nextArrival() {
        Packet next = underway.peek();
        return next == null ? Long.MAX_VALUE : next.arrivesAtNanos;
    }

    /** Whose packet arrives next; there must be one. */
    int nextFlow() {
        return underway.element().flow;
    }

    /** Takes the packet that arrives next; its buffer is good until the next {@link #nextBuffer}. */
    ByteBuffer receive() {
        Packet next = underway.remove();
        free.push(next);
        return next.content;
    }

    /** How many packets found the queue full. */
    long droppedPackets() {
        return bottleneck.overflown();
    }

    /** How long packets waited before the bottleneck. */
    Delays queueDelay() {
        return bottleneck.queueDelays();
    }
}
