package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** C175, C176: messages cut and mixed at random, against a model that knows the whole messages. */
class InterleavedReassemblyProperties {
    private static final int B = DataFlags.BEGINNING;
    private static final int E = DataFlags.END;
    private static final int U = DataFlags.UNORDERED;
    private static final int STREAMS = 3;
    private static final long FIRST_TSN = 1L << 32;

    private record Message(int stream, boolean unordered, int mid, int ppid, byte[] content, int fragments) {
        boolean sameOrder(Message other) {
            return stream == other.stream && unordered == other.unordered;
        }
    }

    private record Piece(Message message, int fsn) {
        byte[] payload() {
            int size = message.content.length / message.fragments;
            int end = fsn == message.fragments - 1 ? message.content.length : (fsn + 1) * size;
            return Arrays.copyOfRange(message.content, fsn * size, end);
        }

        int flags() {
            return (fsn == 0 ? B : 0) | (fsn == message.fragments - 1 ? E : 0) | (message.unordered ? U : 0);
        }
    }

    /** What must be delivered of what came so far: naively, from the beginning each time. */
    private static final class Model {
        final List<Message> sent = new ArrayList<>();
        final Set<Piece> here = new HashSet<>();
        final Set<Message> delivered = new HashSet<>();
        final Set<Message> skipped = new HashSet<>();
        final PartJoiner joiner = new PartJoiner();

        boolean isWhole(Message message) {
            for (int fsn = 0; fsn < message.fragments; fsn++) {
                if (!here.contains(new Piece(message, fsn))) {
                    return false;
                }
            }
            return !skipped.contains(message);
        }

        /** Whether all before it of its stream that are ordered are delivered or given up. */
        boolean isNext(Message message) {
            return message.unordered
                    || sent.stream()
                            .filter(message::sameOrder)
                            .filter(other -> other.mid < message.mid)
                            .allMatch(other -> delivered.contains(other) || skipped.contains(other));
        }

        Set<Message> deliverable() {
            Set<Message> result = new HashSet<>();
            boolean more = true;
            while (more) {
                more = false;
                for (Message message : sent) {
                    if (!delivered.contains(message) && isWhole(message) && isNext(message)) {
                        delivered.add(message);
                        result.add(message);
                        more = true;
                    }
                }
            }
            return result;
        }
    }

    @Property(tries = 500)
    void deliversWhatWasSent(@ForAll int seed) {
        Random random = new Random(seed);
        Model model = new Model();
        List<Piece> pieces = cut(random, model);
        Collections.shuffle(pieces, random);
        ReassemblyQueue queue = queue(random);
        for (Piece piece : pieces) {
            model.here.add(piece);
            add(queue, piece);
            perhapsInParts(random, queue);
            check(queue, model);
        }
        model.joiner.assertNoneOpen();
        assertEquals(new HashSet<>(model.sent), model.delivered);
        assertEquals(0, queue.heldBytes());
    }

    /** The last of some messages is never sent: they are given up, and all others arrive. */
    @Property(tries = 500)
    void skipsWhatIsGivenUp(@ForAll int seed) {
        Random random = new Random(seed);
        Model model = new Model();
        List<Piece> pieces = cut(random, model);
        Collections.shuffle(pieces, random);
        ReassemblyQueue queue = queue(random);
        // A sender has one message of a stream and a kind under way: what is given up is a prefix of what is not yet
        // complete.
        int cut = random.nextInt(pieces.size() + 1);
        for (Piece piece : pieces.subList(0, cut)) {
            model.here.add(piece);
            add(queue, piece);
            check(queue, model);
        }
        for (int stream = 0; stream < STREAMS; stream++) {
            for (boolean unordered : new boolean[] {true, false}) {
                int upTo = random.nextInt(8) - 2;
                if (upTo >= 0) {
                    skip(queue, model, stream, unordered, upTo);
                    check(queue, model);
                }
            }
        }
        for (Piece piece : pieces.subList(cut, pieces.size())) {
            if (!model.skipped.contains(piece.message) || random.nextBoolean()) {
                model.here.add(piece);
                add(queue, piece);
                check(queue, model);
            }
        }
        for (Message message : model.sent) {
            assertTrue(model.delivered.contains(message) != model.skipped.contains(message), message::toString);
        }
        model.joiner.assertNoneOpen();
        assertEquals(0, queue.heldBytes());
    }

    private static void skip(ReassemblyQueue queue, Model model, int stream, boolean unordered, int upTo) {
        for (Message message : model.sent) {
            if (message.stream == stream
                    && message.unordered == unordered
                    && message.mid <= upTo
                    && !model.delivered.contains(message)
                    && !(model.isWhole(message) && !unordered)) {
                model.skipped.add(message);
            }
        }
        // Ordered messages that are whole and waited are delivered, though others after them are named.
        queue.skipMessage(stream, unordered, upTo);
    }

    /** Anything at all: no exception, no byte of another stream, and what is held stays within bounds. */
    @Property(tries = 1000)
    void survivesNonsense(@ForAll int seed) {
        Random random = new Random(seed);
        BitSet partStreams = BitSet.valueOf(new long[] {random.nextInt(1 << STREAMS)});
        ReassemblyQueue queue = new ReassemblyQueue(FIRST_TSN, 2_000, 10_000, DataFormat.I_DATA, partStreams);
        PartJoiner joiner = new PartJoiner();
        for (int i = 0; i < 200 && queue.violation() == null; i++) {
            int stream = random.nextInt(STREAMS);
            if (random.nextInt(10) == 0) {
                queue.skipMessage(stream, random.nextBoolean(), random.nextInt(8) - 2);
            } else if (random.nextInt(20) == 0) {
                queue.deferReset(FIRST_TSN + i + random.nextInt(10), new int[] {stream});
            } else if (random.nextInt(20) == 0) {
                queue.completeReset(random.nextBoolean() ? new int[0] : new int[] {stream});
            } else {
                byte[] payload = new byte[1 + random.nextInt(500)];
                Arrays.fill(payload, (byte) stream);
                add(queue, FIRST_TSN + i, random.nextInt(8), stream, random.nextInt(6), random.nextInt(6), payload);
            }
            assertTrue(queue.heldBytes() >= 0 && queue.heldBytes() < 200_000);
            for (SctpMessage message = Taking.next(queue); message != null; message = Taking.next(queue)) {
                joiner.join(message);
                while (message.payload().hasRemaining()) {
                    assertEquals(message.streamId(), message.payload().get());
                }
            }
        }
        queue.completeReset(new int[0]);
        while (Taking.next(queue) != null) {}
        if (queue.violation() == null) {
            queue.completeReset(new int[0]);
            assertEquals(0, queue.heldBytes());
        }
    }

    private static void check(ReassemblyQueue queue, Model model) {
        assertNull(queue.violation());
        Set<Message> expected = model.deliverable();
        for (SctpMessage part = Taking.next(queue); part != null; part = Taking.next(queue)) {
            SctpMessage message = model.joiner.join(part);
            if (message != null) {
                boolean known = expected.removeIf(candidate -> candidate.stream == message.streamId()
                        && candidate.unordered == message.unordered()
                        && candidate.ppid == message.payloadProtocolId()
                        && ByteBuffer.wrap(candidate.content).equals(message.payload()));
                assertTrue(known, () -> "not to be delivered now: " + message);
            }
        }
        assertEquals(Set.of(), expected);
    }

    private static ReassemblyQueue queue(Random random) {
        BitSet partStreams = BitSet.valueOf(new long[] {random.nextInt(1 << STREAMS)});
        return new ReassemblyQueue(FIRST_TSN, 1 << 20, 1 << 20, DataFormat.I_DATA, partStreams);
    }

    /** From some time on streams are received in parts that were not before. */
    private static void perhapsInParts(Random random, ReassemblyQueue queue) {
        if (random.nextInt(10) == 0) {
            queue.handOutInParts(random.nextInt(STREAMS));
        }
    }

    private static List<Piece> cut(Random random, Model model) {
        List<Piece> pieces = new ArrayList<>();
        int[] mids = new int[2 * STREAMS];
        int count = 1 + random.nextInt(20);
        for (int i = 0; i < count; i++) {
            int stream = random.nextInt(STREAMS);
            boolean unordered = random.nextInt(3) == 0;
            int fragments = random.nextBoolean() ? 1 : 1 + random.nextInt(6);
            byte[] content = new byte[fragments + 8 + random.nextInt(20)];
            random.nextBytes(content);
            int mid = mids[2 * stream + (unordered ? 1 : 0)]++;
            Message message = new Message(stream, unordered, mid, 100 + i, content, fragments);
            model.sent.add(message);
            for (int fsn = 0; fsn < fragments; fsn++) {
                pieces.add(new Piece(message, fsn));
            }
        }
        return pieces;
    }

    private long nextTsn = FIRST_TSN;

    private void add(ReassemblyQueue queue, Piece piece) {
        Message message = piece.message;
        int ppidOrFsn = piece.fsn == 0 ? message.ppid : piece.fsn;
        add(queue, nextTsn++, piece.flags(), message.stream, message.mid, ppidOrFsn, piece.payload());
    }

    private static void add(
            ReassemblyQueue queue, long tsn, int flags, int stream, int mid, int ppidOrFsn, byte[] payload) {
        Arrivals.add(
                queue,
                tsn,
                tsn,
                writer -> writer.addIData(flags, (int) tsn, stream, mid, ppidOrFsn, payload.length),
                payload);
    }
}
