package io.github.purrtc.sctp.tx;

import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.StreamScheduling;
import io.github.purrtc.sctp.packet.SackView;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OutstandingDataProperties {
    private static final long FIRST = (1L << 32) - 20;

    private enum Fate {
        IN_FLIGHT,
        TO_RETRANSMIT,
        ACKED,
        ABANDONED
    }

    private static final class Chunk {
        final OutgoingMessage message;
        final int length;
        Fate fate = Fate.IN_FLIGHT;
        int missing;

        Chunk(OutgoingMessage message, int length) {
            this.message = message;
            this.length = length;
        }
    }

    /** The same told naively: one object for each chunk, and every SACK compared with all of them. */
    private static final class Model {
        final TreeMap<Long, Chunk> chunks = new TreeMap<>();
        long cumulative = FIRST - 1;
        long next = FIRST;

        long bytes(Fate fate) {
            return chunks.values().stream()
                    .filter(chunk -> chunk.fate == fate)
                    .mapToLong(chunk -> chunk.length)
                    .sum();
        }

        boolean sack(long newCumulative, List<long[]> blocks, boolean recovering) {
            boolean advanced = newCumulative > cumulative;
            long highestNew = -1;
            for (long tsn : chunks.keySet()) {
                Chunk chunk = chunks.get(tsn);
                boolean covered = tsn <= newCumulative || isCovered(tsn, blocks);
                if (covered && (chunk.fate == Fate.IN_FLIGHT || chunk.fate == Fate.TO_RETRANSMIT)) {
                    chunk.fate = Fate.ACKED;
                    highestNew = tsn;
                }
            }
            chunks.headMap(newCumulative, true).clear();
            cumulative = newCumulative;
            if (!advanced && highestNew == -1) {
                return false;
            }
            long last = blocks.isEmpty() ? cumulative : blocks.get(blocks.size() - 1)[1];
            Chunk first = chunks.get(cumulative + 1);
            boolean forgot = first != null && first.fate == Fate.ACKED && !isCovered(cumulative + 1, blocks);
            chunks.forEach((tsn, chunk) -> {
                if (chunk.fate == Fate.ACKED && !isCovered(tsn, blocks) && (forgot || tsn <= last)) {
                    chunk.fate = chunk.message.isAbandoned() ? Fate.ABANDONED : Fate.IN_FLIGHT;
                    chunk.missing = 1;
                }
            });
            if (blocks.isEmpty()) {
                return false;
            }
            long below = recovering && advanced ? blocks.get(blocks.size() - 1)[0] : highestNew;
            boolean lost = false;
            for (long tsn : chunks.keySet()) {
                Chunk chunk = chunks.get(tsn);
                boolean reported = tsn < below && !isCovered(tsn, blocks) && chunk.fate == Fate.IN_FLIGHT;
                if (reported && chunk.missing < 3 && ++chunk.missing == 3) {
                    chunk.fate = Fate.TO_RETRANSMIT;
                    lost = true;
                }
            }
            return lost;
        }

        private static boolean isCovered(long tsn, List<long[]> blocks) {
            return blocks.stream().anyMatch(block -> block[0] <= tsn && tsn <= block[1]);
        }
    }

    /** C97, C98, C99, C101, C121, C124 */
    @Property(tries = 500)
    void behavesLikeTheModel(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        SendQueue queue = new SendQueue(1 << 30, StreamScheduling.ROUND_ROBIN, event -> {});
        OutstandingData data = new OutstandingData(queue, FIRST);
        Acknowledgements acknowledgements = new Acknowledgements(data);
        Model model = new Model();
        for (int step = 0; step < 200; step++) {
            switch (random.nextInt(9)) {
                case 0, 1, 2 -> send(queue, data, model, random);
                case 3 -> retransmit(data, model);
                case 4 -> abandon(data, model, random);
                case 5 -> timeout(data, model, random);
                case 6 -> {
                    data.onIdle();
                    acknowledgements.onIdle();
                }
                default -> sack(acknowledgements, model, random);
            }
            assertEquals(model.bytes(Fate.IN_FLIGHT), data.inFlightBytes());
            assertEquals(
                    model.chunks.values().stream().anyMatch(chunk -> chunk.fate == Fate.TO_RETRANSMIT),
                    data.hasToRetransmit());
            assertEquals(
                    model.bytes(Fate.IN_FLIGHT) + model.bytes(Fate.TO_RETRANSMIT) + queue.unsentBytes(),
                    queue.bufferedBytes());
            assertEquals(model.cumulative, data.cumulativeTsnAck());
            assertEquals(model.next, data.nextTsn());
        }
        finish(queue, data, acknowledgements, model, random);
    }

    private static void send(SendQueue queue, OutstandingData data, Model model, SplittableRandom random) {
        if (queue.next() == null) {
            accept(queue, random, random.nextInt(4) == 0);
        }
        cut(queue, data, model, random);
    }

    /** A message, or the next part of one; unless one is open and was given up, which is said first. */
    private static void accept(SendQueue queue, SplittableRandom random, boolean last) {
        if (queue.isOpenAbandoned(1)) {
            queue.endOpen(1);
        }
        ByteBuffer payload = ByteBuffer.allocate(1 + random.nextInt(500));
        if (queue.openPart(1) == null && random.nextBoolean()) {
            queue.add(1, 51, payload, SctpSendOptions.RELIABLE_ORDERED, 0);
        } else {
            queue.addPart(1, 51, payload, last, SctpSendOptions.RELIABLE_ORDERED, 0);
        }
    }

    private static void cut(SendQueue queue, OutstandingData data, Model model, SplittableRandom random) {
        OutgoingMessage message = queue.next();
        assertNotNull(message);
        int length = Math.min(message.uncut(), 1 + random.nextInt(200));
        assertEquals(model.next, data.add(message, message.cut, length));
        queue.onCut(message, length);
        model.chunks.put(model.next++, new Chunk(message, length));
    }

    /** In the end all is sent and acknowledged, and nothing of it counts any more. */
    private static void finish(
            SendQueue queue,
            OutstandingData data,
            Acknowledgements acknowledgements,
            Model model,
            SplittableRandom random) {
        if (queue.openPart(1) != null && !queue.isOpenAbandoned(1)) {
            accept(queue, random, true);
        }
        while (queue.next() != null) {
            cut(queue, data, model, random);
        }
        assertNotNull(acknowledgements.handleCumulativeAck(model.next - 1));
        assertEquals(0, queue.used());
        assertEquals(0, data.inFlightBytes());
    }

    private static void retransmit(OutstandingData data, Model model) {
        if (data.hasToRetransmit()) {
            long tsn = data.nextToRetransmit();
            long expected = model.chunks.entrySet().stream()
                    .filter(entry -> entry.getValue().fate == Fate.TO_RETRANSMIT)
                    .findFirst()
                    .orElseThrow()
                    .getKey();
            assertEquals(expected, tsn);
            data.onRetransmitted(tsn, 0);
            model.chunks.get(tsn).fate = Fate.IN_FLIGHT;
        }
    }

    private static void abandon(OutstandingData data, Model model, SplittableRandom random) {
        if (model.chunks.isEmpty() || random.nextInt(3) > 0) {
            return;
        }
        List<Long> tsns = new ArrayList<>(model.chunks.keySet());
        OutgoingMessage message = model.chunks.get(tsns.get(random.nextInt(tsns.size()))).message;
        boolean unfinished = message.parted == null ? message.uncut() > 0 : message.parted.isUnfinished();
        if (!message.isAbandoned() && unfinished) {
            Chunk placeholder = new Chunk(message, 0);
            placeholder.fate = Fate.ABANDONED;
            model.chunks.put(model.next++, placeholder);
        }
        data.abandon(message);
        for (Chunk chunk : model.chunks.values()) {
            if (chunk.message.isPartOf(message) && chunk.fate != Fate.ACKED) {
                chunk.fate = Fate.ABANDONED;
            }
        }
    }

    private static void timeout(OutstandingData data, Model model, SplittableRandom random) {
        if (random.nextInt(5) == 0) {
            data.markAllForRetransmission();
            for (Chunk chunk : model.chunks.values()) {
                chunk.missing = 0;
                chunk.fate = chunk.fate == Fate.IN_FLIGHT ? Fate.TO_RETRANSMIT : chunk.fate;
            }
        }
    }

    private static void sack(Acknowledgements acknowledgements, Model model, SplittableRandom random) {
        long cumulative = model.cumulative + random.nextInt(1 + (int) Math.min(4, model.next - 1 - model.cumulative));
        List<long[]> blocks = new ArrayList<>();
        long from = cumulative + 1;
        while (blocks.size() < 4 && random.nextInt(3) > 0) {
            long start = from + random.nextInt(3);
            long end = start + random.nextInt(4);
            blocks.add(new long[] {start, end});
            from = end + 2;
        }
        boolean recovering = random.nextBoolean();
        boolean sound = cumulative < model.next && (blocks.isEmpty() || blocks.get(blocks.size() - 1)[1] < model.next);
        SackOutcome outcome = acknowledgements.handleSack(cumulative, view(cumulative, blocks), recovering);
        if (!sound) {
            assertNull(outcome);
            return;
        }
        assertNotNull(outcome);
        assertEquals(model.sack(cumulative, blocks, recovering), outcome.lossFound);
        assertTrue(outcome.bytesAcked >= 0);
    }

    private static SackView view(long cumulative, List<long[]> blocks) {
        int[] flat = new int[2 * blocks.size()];
        for (int i = 0; i < blocks.size(); i++) {
            flat[2 * i] = (int) (blocks.get(i)[0] - cumulative);
            flat[2 * i + 1] = (int) (blocks.get(i)[1] - cumulative);
        }
        return SackViews.of(cumulative, flat);
    }
}
