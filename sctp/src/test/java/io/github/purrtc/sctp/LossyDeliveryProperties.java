package io.github.purrtc.sctp;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class LossyDeliveryProperties {
    private static final long LATENCY = 5 * Peer.MILLI;

    /** Packets that are lost, doubled and delayed: every message arrives once, whole and in the order of its stream. */
    @Property(tries = 150)
    void reliableMessagesArriveOnceAndInOrder(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Ladder ladder = Ladder.connected(SctpOptions.builder()
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .build());
        double loss = random.nextDouble(0.25);
        int count = 1 + random.nextInt(60);
        List<List<byte[]>> expected = new ArrayList<>();
        for (int stream = 0; stream < 3; stream++) {
            expected.add(new ArrayList<>());
        }
        for (int i = 0; i < count; i++) {
            int stream = random.nextInt(3);
            byte[] bytes = new byte[1 + random.nextInt(random.nextBoolean() ? 100 : 20_000)];
            random.nextBytes(bytes);
            expected.get(stream).add(bytes);
            ladder.a.send(stream, bytes, SctpSendOptions.RELIABLE_ORDERED);
        }
        List<SctpMessage> arrived = run(ladder, random, loss, 3600 * Peer.SECOND, count);
        assertEquals(count, arrived.size());
        for (int stream = 0; stream < 3; stream++) {
            int id = stream;
            List<ByteBuffer> actual = arrived.stream()
                    .filter(message -> message.streamId() == id)
                    .map(SctpMessage::payload)
                    .toList();
            assertEquals(expected.get(stream).stream().map(ByteBuffer::wrap).toList(), actual);
            assertEquals(0, ladder.a.association.bufferedAmount(stream));
        }
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
        assertEquals(0, ladder.z.association.metrics().heldBytes());
    }

    /** Partially reliable ones arrive at most once and in order, and nothing stays behind for ever. */
    @Property(tries = 150)
    void partiallyReliableMessagesArriveAtMostOnce(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Ladder ladder = Ladder.connected(SctpOptions.builder()
                .associationMaxRetransmits(Integer.MAX_VALUE)
                .build());
        double loss = random.nextDouble(0.25);
        int count = 1 + random.nextInt(60);
        for (int i = 0; i < count; i++) {
            byte[] bytes = new byte[4 + random.nextInt(random.nextBoolean() ? 100 : 20_000)];
            ByteBuffer.wrap(bytes).putInt(i);
            boolean unordered = random.nextBoolean();
            SctpSendOptions options = random.nextBoolean()
                    ? new SctpSendOptions(unordered, random.nextInt(3), -1)
                    : new SctpSendOptions(unordered, -1, random.nextLong(100 * Peer.MILLI));
            ladder.a.send(random.nextInt(3), bytes, options);
        }
        List<SctpMessage> arrived = run(ladder, random, loss, 3600 * Peer.SECOND, Integer.MAX_VALUE);
        int[] last = {-1, -1, -1};
        boolean[] seen = new boolean[count];
        for (SctpMessage message : arrived) {
            int number = message.payload().getInt(0);
            assertTrue(!seen[number], "delivered twice");
            seen[number] = true;
            if (!message.unordered()) {
                assertTrue(number > last[message.streamId()], "out of order");
                last[message.streamId()] = number;
            }
        }
        for (int stream = 0; stream < 3; stream++) {
            assertEquals(0, ladder.a.association.bufferedAmount(stream));
        }
        assertEquals(0, ladder.a.association.metrics().inFlightBytes());
        assertEquals(0, ladder.z.association.metrics().heldBytes());
        ladder.a.send(0, "still alive");
        ladder.run(2 * Peer.SECOND);
        assertEquals(List.of("still alive"), ladder.z.texts());
    }

    private record Flight(long at, boolean toZ, ByteBuffer packet) {}

    private static List<SctpMessage> run(Ladder ladder, SplittableRandom random, double loss, long nanos, int enough) {
        List<SctpMessage> arrived = new ArrayList<>();
        List<Flight> air = new ArrayList<>();
        long now = ladder.a.now;
        long end = now + nanos;
        boolean done = false;
        while (now < end && !done) {
            launch(ladder.a, true, air, random, loss, now);
            launch(ladder.z, false, air, random, loss, now);
            long next = Math.min(ladder.a.association.nextTimeout(), ladder.z.association.nextTimeout());
            for (Flight flight : air) {
                next = Math.min(next, flight.at);
            }
            now = Math.max(now, next);
            ladder.a.now = now;
            ladder.z.now = now;
            land(ladder, air, now);
            ladder.a.association.onTimeout(now);
            ladder.z.association.onTimeout(now);
            arrived.addAll(ladder.z.messages());
            done = arrived.size() >= enough
                    && air.isEmpty()
                    && ladder.a.association.metrics().bufferedBytes() == 0;
        }
        return arrived;
    }

    private static void launch(
            Peer from, boolean toZ, List<Flight> air, SplittableRandom random, double loss, long now) {
        for (ByteBuffer packet : from.all()) {
            if (random.nextDouble() < loss) {
                continue;
            }
            long jitter = random.nextInt(10) == 0 ? random.nextLong(20 * Peer.MILLI) : 0;
            air.add(new Flight(now + LATENCY + jitter, toZ, packet));
            if (random.nextInt(50) == 0) {
                air.add(new Flight(now + 2 * LATENCY, toZ, packet.duplicate()));
            }
        }
    }

    private static void land(Ladder ladder, List<Flight> air, long now) {
        List<Flight> due = air.stream().filter(flight -> flight.at <= now).toList();
        air.removeAll(due);
        ladder.z.receive(due.stream().filter(Flight::toZ).map(Flight::packet).toList());
        ladder.a.receive(
                due.stream().filter(flight -> !flight.toZ).map(Flight::packet).toList());
    }
}
