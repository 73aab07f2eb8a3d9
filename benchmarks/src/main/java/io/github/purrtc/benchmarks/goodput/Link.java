package io.github.purrtc.benchmarks.goodput;

import io.github.purrtc.benchmarks.emulator.Delays;

import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.SplittableRandom;

/** One direction of a path in virtual time: a queue of limited length before a bottleneck, a delay behind it, and random losses. */
final class Link {
    private static final class Packet {
        final ByteBuffer content;
        int flow;
        long arrivesAtNanos;

        Packet(int capacity) {
            content = ByteBuffer.allocate(capacity);
        }
    }

    private final Path path;
    private final int maxPacketSize;
    private final SplittableRandom random;
    private final ArrayDeque<Packet> underway = new ArrayDeque<>();
    private final ArrayDeque<Packet> free = new ArrayDeque<>();
    private final Delays queueDelay = new Delays();
    private long freeAtNanos;
    private long droppedPackets;

    Link(Path path, int maxPacketSize, SplittableRandom random) {
        this.path = path;
        this.maxPacketSize = maxPacketSize;
        this.random = random;
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
        Packet packet = free.getFirst();
        packet.content.flip();
        long startsAtNanos = Math.max(nowNanos, freeAtNanos);
        if ((startsAtNanos - nowNanos) * 1e-9 * path.bytesPerSecond() > path.queueBytes()) {
            droppedPackets++;
            return;
        }
        queueDelay.add(startsAtNanos - nowNanos);
        freeAtNanos = startsAtNanos + packet.content.remaining() * 1_000_000_000L / path.bytesPerSecond();
        if (random.nextDouble() >= path.loss()) {
            packet.flow = flow;
            packet.arrivesAtNanos = freeAtNanos + path.delayNanos();
            underway.add(free.pop());
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
        return droppedPackets;
    }

    Delays queueDelay() {
        return queueDelay;
    }
}
