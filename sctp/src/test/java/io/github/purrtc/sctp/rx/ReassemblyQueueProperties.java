package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import io.github.purrtc.sctp.packet.Serial;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeSet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ReassemblyQueueProperties {
    private static final int B = DataFlags.BEGINNING;
    private static final int E = DataFlags.END;
    private static final int U = DataFlags.UNORDERED;
    private static final long FIRST = Serial.first32(-100);

    private record Piece(long tsn, int flags, int stream, int ssn, int ppid, byte[] payload) {}

    /** C81, C85, C86, C89: messages cut at random, their pieces in any order, against what was cut. */
    @Property(tries = 300)
    void deliversWhatWasCut(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Piece> pieces = new ArrayList<>();
        Map<Integer, List<ByteBuffer>> ordered = new HashMap<>();
        List<ByteBuffer> unordered = new ArrayList<>();
        cut(random, pieces, ordered, unordered);
        shuffle(pieces, random);
        BitSet partStreams = BitSet.valueOf(new long[] {random.nextInt(8)});
        ReassemblyQueue queue = new ReassemblyQueue(FIRST, 1 << 20, 1 << 20, DataFormat.DATA, partStreams);
        PartJoiner joiner = new PartJoiner();
        TreeSet<Long> received = new TreeSet<>();
        long cumulative = FIRST - 1;
        Map<Integer, List<ByteBuffer>> actual = new HashMap<>();
        List<ByteBuffer> actualUnordered = new ArrayList<>();
        for (Piece piece : pieces) {
            received.add(piece.tsn);
            while (received.remove(cumulative + 1)) {
                cumulative++;
            }
            add(queue, piece, cumulative);
            assertNull(queue.violation());
            if (random.nextInt(10) == 0) {
                int changed = random.nextInt(3);
                partStreams.flip(changed);
                if (partStreams.get(changed)) {
                    queue.handOutInParts(changed);
                }
            }
            for (SctpMessage part = Taking.next(queue); part != null; part = Taking.next(queue)) {
                SctpMessage message = joiner.join(part);
                if (message == null) {
                    continue;
                }
                (message.unordered()
                                ? actualUnordered
                                : actual.computeIfAbsent(message.streamId(), id -> new ArrayList<>()))
                        .add(message.payload());
            }
        }
        assertEquals(ordered, actual);
        actualUnordered.sort(null);
        unordered.sort(null);
        assertEquals(unordered, actualUnordered);
        assertEquals(0, queue.heldBytes());
    }

    /** What is handed out in parts counts as held to the byte, and no longer when it is taken; unlike a whole message in the making. */
    @Example
    void countsPartsInFull() {
        BitSet partStreams = new BitSet();
        ReassemblyQueue queue = new ReassemblyQueue(FIRST, 1 << 20, 1000, DataFormat.DATA, partStreams);
        for (int i = 0; i < 600; i++) {
            add(queue, new Piece(FIRST + i, i == 0 ? B : 0, 1, 0, 51, new byte[1]), FIRST + i);
        }
        assertEquals(500, queue.heldBytes());
        assertTrue(queue.isEmpty());
        partStreams.set(1);
        queue.handOutInParts(1);
        assertEquals(600, queue.heldBytes());
        SctpMessage first = Taking.next(queue);
        assertNotNull(first);
        assertEquals(600, first.payload().remaining());
        assertEquals(0, queue.heldBytes());
        assertTrue(queue.isEmpty());
    }

    /** C82: any flags, streams and numbers at all: no exception, and nothing that was not sent as one message. */
    @Property(tries = 1000)
    void survivesNonsense(@ForAll int seed) {
        SplittableRandom random = new SplittableRandom(seed);
        BitSet partStreams = BitSet.valueOf(new long[] {random.nextInt(8)});
        ReassemblyQueue queue = new ReassemblyQueue(FIRST, 1000, 1 << 20, DataFormat.DATA, partStreams);
        PartJoiner joiner = new PartJoiner();
        TreeSet<Long> received = new TreeSet<>();
        long cumulative = FIRST - 1;
        for (int i = 0; i < 60 && queue.violation() == null; i++) {
            long tsn = cumulative + 1 + random.nextInt(6);
            if (random.nextInt(15) == 0) {
                received.headSet(tsn, true).clear();
                cumulative = tsn;
                while (received.remove(cumulative + 1)) {
                    cumulative++;
                }
                queue.skipTo(tsn, cumulative);
                queue.skipStream(random.nextInt(3), random.nextInt(4));
            } else if (received.add(tsn)) {
                while (received.remove(cumulative + 1)) {
                    cumulative++;
                }
                byte[] payload = new byte[1 + random.nextInt(10)];
                add(
                        queue,
                        new Piece(tsn, random.nextInt(8), random.nextInt(3), random.nextInt(3), 51, payload),
                        cumulative);
            }
            assertTrue(queue.heldBytes() >= 0);
            SctpMessage taken = random.nextBoolean() ? Taking.next(queue) : null;
            if (taken != null) {
                joiner.join(taken);
            }
        }
        for (SctpMessage taken = Taking.next(queue); taken != null; taken = Taking.next(queue)) {
            joiner.join(taken);
        }
        assertTrue(queue.heldBytes() >= 0);
    }

    /** C82, case by case. */
    @Example
    void findsIllegalSequences() {
        assertViolation(piece(0, 0, 1, 0));
        assertViolation(piece(0, E, 1, 0));
        assertViolation(piece(0, B, 1, 0), piece(1, B, 1, 1));
        assertViolation(piece(0, B, 1, 0), piece(1, B | E, 1, 1));
        assertViolation(piece(0, B, 1, 0), piece(1, E, 2, 0));
        assertViolation(piece(0, B, 1, 0), piece(1, E, 1, 1));
        assertViolation(piece(0, B, 1, 0), piece(1, E | U, 1, 0));
        assertViolation(piece(0, B, 1, 0), new Piece(FIRST + 1, E, 1, 0, 53, new byte[1]));
        assertViolation(piece(2, B, 1, 0), piece(3, B, 1, 1));
        assertViolation(piece(3, B, 1, 0), piece(2, 0, 1, 0));
        assertViolation(piece(2, E, 1, 0), piece(3, E, 1, 0));
        assertViolation(piece(2, B, 1, 0), piece(3, E, 2, 0));
        assertViolation(piece(2, B | E, 1, 0), piece(0, B, 1, 1), piece(1, 0, 1, 1));
    }

    /** C92, C93: what is held counts with its overhead. */
    @Example
    void countsTheOverhead() {
        ReassemblyQueue queue = new ReassemblyQueue(FIRST, 1 << 20, 1 << 20, DataFormat.DATA, new BitSet());
        for (int i = 1; i <= 1000; i++) {
            add(queue, piece(2 * i, B, 1, 0), FIRST - 1);
        }
        assertEquals(1000L * ReassemblyQueue.OVERHEAD, queue.heldBytes());
        queue.skipTo(FIRST + 3000, FIRST + 3000);
        assertEquals(0, queue.heldBytes());
    }

    private static void assertViolation(Piece... pieces) {
        ReassemblyQueue queue = new ReassemblyQueue(FIRST, 1 << 20, 1 << 20, DataFormat.DATA, new BitSet());
        TreeSet<Long> received = new TreeSet<>();
        long cumulative = FIRST - 1;
        for (Piece piece : pieces) {
            assertNull(queue.violation());
            received.add(piece.tsn);
            while (received.remove(cumulative + 1)) {
                cumulative++;
            }
            add(queue, piece, cumulative);
        }
        assertNotNull(queue.violation());
    }

    private static Piece piece(int number, int flags, int stream, int ssn) {
        return new Piece(FIRST + number, flags, stream, ssn, 51, new byte[] {(byte) number});
    }

    private static void cut(
            SplittableRandom random,
            List<Piece> pieces,
            Map<Integer, List<ByteBuffer>> ordered,
            List<ByteBuffer> unordered) {
        int[] ssns = new int[3];
        long tsn = FIRST;
        int messages = 1 + random.nextInt(20);
        for (int i = 0; i < messages; i++) {
            int stream = random.nextInt(3);
            boolean inOrder = random.nextInt(3) > 0;
            int ssn = inOrder ? ssns[stream]++ : 0;
            int count = random.nextBoolean() ? 1 : 1 + random.nextInt(6);
            ByteBuffer whole = ByteBuffer.allocate(count * 8);
            for (int part = 0; part < count; part++) {
                byte[] payload = new byte[8];
                random.nextBytes(payload);
                whole.put(payload);
                int flags = (part == 0 ? B : 0) | (part == count - 1 ? E : 0) | (inOrder ? 0 : U);
                pieces.add(new Piece(tsn++, flags, stream, ssn, 51, payload));
            }
            whole.flip();
            (inOrder ? ordered.computeIfAbsent(stream, id -> new ArrayList<>()) : unordered).add(whole);
        }
    }

    private static void shuffle(List<Piece> pieces, SplittableRandom random) {
        int reach = 1 + random.nextInt(pieces.size());
        for (int i = 0; i < pieces.size(); i++) {
            int j = Math.min(pieces.size() - 1, i + random.nextInt(reach));
            Piece piece = pieces.get(i);
            pieces.set(i, pieces.get(j));
            pieces.set(j, piece);
        }
    }

    private static void add(ReassemblyQueue queue, Piece piece, long cumulative) {
        Arrivals.add(
                queue,
                piece.tsn,
                cumulative,
                writer -> writer.addData(
                        piece.flags, (int) piece.tsn, piece.stream, piece.ssn, piece.ppid, piece.payload.length),
                piece.payload);
    }
}
