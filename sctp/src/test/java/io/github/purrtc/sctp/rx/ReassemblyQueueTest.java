package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SctpMessage;
import io.github.purrtc.sctp.packet.DataFlags;
import io.github.purrtc.sctp.packet.DataFormat;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a single TSN does, in both formats: the accounts to the byte, and what becomes of the rest of what is given up. */
class ReassemblyQueueTest {
    private static final int B = DataFlags.BEGINNING;
    private static final int E = DataFlags.END;
    private static final int U = DataFlags.UNORDERED;
    private static final int MAX_MESSAGE_SIZE = 60_000;
    private static final int STREAM = 1;

    /** A queue, the TSNs it was given, and what comes out of it as {@code stream/length}, with a sign where it is no whole message. */
    private static final class Fed {
        private final BitSet partStreams = new BitSet();
        private final DataFormat format;
        private final ReassemblyQueue queue;
        private final BitSet received = new BitSet();
        private int cumulative = -1;

        Fed(DataFormat format, int... streamsInParts) {
            this.format = format;
            queue = new ReassemblyQueue(0, MAX_MESSAGE_SIZE, 1 << 20, format, partStreams);
            for (int streamId : streamsInParts) {
                inParts(streamId);
            }
        }

        void inParts(int streamId) {
            partStreams.set(streamId);
            queue.handOutInParts(streamId);
        }

        /** @param number of the message in its stream: SSN or MID */
        Fed add(int tsn, int flags, int streamId, int number, int fsn, int length) {
            Arrivals.add(
                    queue,
                    tsn,
                    arrived(tsn),
                    writer -> {
                        if (format == DataFormat.DATA) {
                            writer.addData(flags, tsn, streamId, number, 51, length);
                        } else {
                            writer.addIData(flags, tsn, streamId, number, (flags & B) != 0 ? 51 : fsn, length);
                        }
                    },
                    new byte[length]);
            return this;
        }

        private int arrived(int tsn) {
            received.set(tsn);
            cumulative = Math.max(cumulative, received.nextClearBit(cumulative + 1) - 1);
            return cumulative;
        }

        Fed addNothing(int tsn) {
            queue.addNothing(tsn, arrived(tsn));
            return this;
        }

        Fed skipTo(int tsn) {
            received.set(0, tsn + 1);
            queue.skipTo(tsn, arrived(tsn));
            return this;
        }

        List<String> taken() {
            List<String> taken = new ArrayList<>();
            for (SctpMessage message = Taking.next(queue); message != null; message = Taking.next(queue)) {
                SctpMessage.Part part = message.part();
                String mark = part == null
                        ? ""
                        : switch (part.mark()) {
                            case FIRST -> "<";
                            case MIDDLE -> "=";
                            case LAST -> ">";
                            case ABANDONED -> "!";
                        };
                taken.add(mark + message.streamId() + "/" + message.payload().remaining());
            }
            return taken;
        }
    }

    @Test
    @DisplayName("a TSN of a stream that does not exist is passed over, in its turn and ahead of it")
    void nothing() {
        Fed fed = new Fed(DataFormat.DATA);
        fed.addNothing(0).add(1, B | E, STREAM, 0, 0, 10);
        assertEquals(List.of("1/10"), fed.taken());
        fed.addNothing(3).add(4, B, STREAM, 2, 0, 11).add(2, B | E, STREAM, 1, 0, 12);
        assertEquals(List.of("1/12"), fed.taken());
        fed.add(5, E, STREAM, 2, 0, 13);
        assertEquals(List.of("1/24"), fed.taken());
        assertEquals(0, fed.queue.heldBytes());
        assertNull(fed.queue.violation());
        Fed interleaved = new Fed(DataFormat.I_DATA);
        interleaved.addNothing(0).add(1, B | E, STREAM, 0, 0, 10);
        assertEquals(List.of("1/10"), interleaved.taken());
    }

    @Test
    @DisplayName("where it lies within a message the peer breaks the rules, in order and out of order")
    void nothingWithinAMessage() {
        Fed inOrder = new Fed(DataFormat.DATA);
        inOrder.add(0, B, STREAM, 0, 0, 10).addNothing(1);
        assertNotNull(inOrder.queue.violation());
        Fed outOfOrder = new Fed(DataFormat.DATA);
        outOfOrder.add(2, E, STREAM, 0, 0, 10).addNothing(1);
        assertNull(outOfOrder.queue.violation());
        outOfOrder.add(0, B, STREAM, 0, 0, 10);
        assertNotNull(outOfOrder.queue.violation());
    }

    @Test
    @DisplayName("the rest of a message that lost its beginning is dropped, and the next one delivered")
    void theRestOfWhatIsGivenUp() {
        Fed fed = new Fed(DataFormat.DATA);
        fed.add(2, 0, STREAM, 0, 0, 10).add(3, E, STREAM, 0, 0, 10).add(4, B, STREAM, 1, 0, 10);
        fed.skipTo(1);
        fed.queue.skipStream(STREAM, 0);
        assertEquals(10, fed.queue.heldBytes());
        fed.add(5, E, STREAM, 1, 0, 5);
        assertEquals(List.of("1/15"), fed.taken());
        // … and what comes of it later
        fed.skipTo(6).add(7, 0, STREAM, 2, 0, 10).add(9, B | E, STREAM, 3, 0, 7);
        fed.queue.skipStream(STREAM, 2);
        fed.add(8, E, STREAM, 2, 0, 10);
        assertEquals(List.of("1/7"), fed.taken());
        assertEquals(0, fed.queue.heldBytes());
        assertNull(fed.queue.violation());
    }

    @Test
    @DisplayName("what was kept behind the messages that are given up is delivered, what was kept of them too")
    void skipsWithinAStream() {
        Fed fed = new Fed(DataFormat.DATA);
        for (int ssn : new int[] {1, 2, 4, 6}) {
            fed.add(ssn, B | E, STREAM, ssn, 0, 10 + ssn);
        }
        assertEquals(List.of(), fed.taken());
        fed.skipTo(3);
        fed.queue.skipStream(STREAM, 3);
        assertEquals(List.of("1/11", "1/12", "1/14"), fed.taken());
        fed.queue.skipStream(STREAM, 1);
        fed.add(5, B | E, STREAM, 5, 0, 15);
        assertEquals(List.of("1/15", "1/16"), fed.taken());
        assertEquals(0, fed.queue.heldBytes());
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName("the largest message is taken, a larger one is not, however it comes; in parts it may be of any size")
    void theLargestMessage(DataFormat format) {
        for (int extra = 0; extra < 2; extra++) {
            int half = MAX_MESSAGE_SIZE / 2;
            int last = half + extra;
            List<Fed> all = new ArrayList<>();
            all.add(new Fed(format).add(0, B, STREAM, 0, 0, half).add(1, E, STREAM, 0, 1, last));
            all.add(new Fed(format).add(1, E, STREAM, 0, 1, last).add(0, B, STREAM, 0, 0, half));
            all.add(new Fed(format).add(2, E | U, STREAM, 0, 1, last).add(1, B | U, STREAM, 0, 0, half));
            for (Fed fed : all) {
                assertEquals(extra == 0, fed.queue.violation() == null);
            }
            Fed parts = new Fed(format, STREAM);
            parts.add(2, E | U, STREAM, 0, 1, last).add(1, B | U, STREAM, 0, 0, half);
            assertNull(parts.queue.violation());
        }
        for (int extra = 0; extra < 2; extra++) {
            Fed single = new Fed(DataFormat.I_DATA).add(0, B | E, STREAM, 0, 0, MAX_MESSAGE_SIZE + extra);
            assertEquals(extra == 0, single.queue.violation() == null);
        }
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName("a message in parts comes in parts of 64 KiB at most, however long nobody asks for them")
    void parts(DataFormat format) {
        Fed fed = new Fed(format, STREAM);
        int count = 200;
        for (int i = 0; i < count; i++) {
            fed.add(i, (i == 0 ? B : 0) | (i == count - 1 ? E : 0), STREAM, 0, i, 1_024);
        }
        List<String> taken = fed.taken();
        assertEquals("<1/65536", taken.get(0));
        assertEquals("=1/65536", taken.get(1));
        assertEquals("=1/65536", taken.get(2));
        assertEquals(List.of(">1/8192"), taken.subList(3, taken.size()));
        assertEquals(0, fed.queue.heldBytes());
    }

    @Test
    @DisplayName(
            "RFC 8260: a message in parts that waits for another one is handed out when that one is here, or given up")
    void partsInTheirTurn() {
        for (boolean isGivenUp : new boolean[] {false, true}) {
            Fed fed = new Fed(DataFormat.I_DATA, STREAM);
            fed.add(1, B, STREAM, 1, 0, 10);
            assertEquals(List.of(), fed.taken());
            assertTrue(fed.queue.isEmpty());
            if (isGivenUp) {
                fed.queue.skipMessage(STREAM, false, 0);
            } else {
                fed.add(0, B | E, STREAM, 0, 0, 5);
            }
            assertEquals(isGivenUp ? List.of("<1/10") : List.of("1/5", "<1/10"), fed.taken());
        }
    }

    @Test
    @DisplayName("RFC 8260: a message whose turn it is and that has begun is handed out as soon as someone takes parts")
    void partsFromNowOn() {
        Fed fed = new Fed(DataFormat.I_DATA);
        fed.add(1, B, STREAM, 1, 0, 10).add(2, B | U, STREAM, 0, 0, 20).add(3, B, STREAM, 2, 0, 30);
        fed.add(0, B | E, STREAM, 0, 0, 5);
        assertEquals(List.of("1/5"), fed.taken());
        fed.inParts(STREAM);
        List<String> taken = fed.taken();
        taken.sort(null);
        assertEquals(List.of("<1/10", "<1/20"), taken);
        fed.add(4, E, STREAM, 1, 1, 11);
        assertEquals(List.of(">1/11", "<1/30"), fed.taken());
    }

    @Test
    @DisplayName(
            "RFC 8260: what still comes of unordered messages that were given up is dropped, whatever was said last")
    void uselessFragments() {
        Fed fed = new Fed(DataFormat.I_DATA);
        fed.add(0, B | U, STREAM, 3, 0, 1_000);
        fed.queue.skipMessage(STREAM, true, 5);
        assertEquals(0, fed.queue.heldBytes());
        fed.queue.skipMessage(STREAM, true, 2);
        for (int mid = 0; mid <= 5; mid++) {
            fed.add(1 + mid, B | U, STREAM, mid, 0, 1_000);
        }
        assertEquals(0, fed.queue.heldBytes());
        fed.add(7, B | E | U, STREAM, 5, 0, 50).add(8, B | E | U, STREAM, 6, 0, 60);
        assertEquals(List.of("1/60"), fed.taken());
    }

    @Test
    @DisplayName("small pieces count with what they cost, all kinds together; large ones by their bytes")
    void accounts() {
        Fed small = new Fed(DataFormat.I_DATA);
        for (int i = 0; i < 10; i++) {
            small.add(2 * i, B | E | U, STREAM, i, 0, 1); // is ready
            small.add(2 * i + 1, B, 2, i, 0, 1); // has begun
        }
        small.add(20, B | E, STREAM, 1, 0, 1); // waits for another
        assertEquals((10 + 10 + 1) * ReassemblyQueue.OVERHEAD, small.queue.heldBytes());
        assertEquals(10, small.queue.readyCount());
        assertEquals(10, small.queue.readyBytes());
        assertEquals(10, small.taken().size());
        assertEquals(10, small.queue.takenCount());
        assertEquals(11 * ReassemblyQueue.OVERHEAD, small.queue.heldBytes());

        Fed large = new Fed(DataFormat.I_DATA, 3);
        large.add(0, B | E | U, STREAM, 0, 0, 10_000); // is ready
        large.add(1, B | E, STREAM, 1, 0, 20_000); // waits for another
        large.add(2, B, 2, 0, 0, 15_000).add(3, 0, 2, 0, 2, 40_000); // begun, and a fragment ahead
        large.add(4, B, 3, 0, 0, 50_000); // in parts
        assertEquals(135_000, large.queue.heldBytes());
        assertEquals(10_000, large.queue.readyBytes());
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName("RFC 6525: with a stream what waits on it ends, and is held no longer; other streams go on")
    void reset(DataFormat format) {
        for (int[] named : new int[][] {{STREAM}, {}}) {
            Fed fed = new Fed(format);
            fed.add(0, B | E, STREAM, 1, 0, 1_000).add(1, B | E, 2, 1, 0, 2_000);
            if (format == DataFormat.I_DATA) {
                fed.add(2, B, STREAM, 2, 0, 3_000).add(3, B | U, STREAM, 0, 0, 4_000);
                fed.add(4, 0, STREAM, 2, 5, 5_000);
            }
            fed.queue.completeReset(named);
            assertEquals(named.length == 0 ? 0 : 2_000, fed.queue.heldBytes());
            fed.add(5, B | E, STREAM, 0, 0, 10).add(6, B | E, 2, 0, 0, 20);
            List<String> others = named.length == 0 ? List.of("1/10", "2/20") : List.of("1/10", "2/20", "2/2000");
            assertEquals(others, fed.taken());
            assertEquals(0, fed.queue.heldBytes());
        }
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName("RFC 6525 §5.2.2: what is behind a reset already waits for it, and is held meanwhile")
    void deferredReset(DataFormat format) {
        for (int[] named : new int[][] {{STREAM}, {}}) {
            Fed fed = new Fed(format);
            fed.queue.deferReset(1, named);
            fed.add(3, E, STREAM, 0, 1, 1_000).add(2, B, STREAM, 0, 0, 1_000);
            fed.add(4, B | E | U, STREAM, 0, 0, 3_000);
            fed.add(0, B | E, STREAM, 0, 0, 10);
            assertEquals(List.of("1/10"), fed.taken());
            assertEquals(5_000, fed.queue.heldBytes());
            fed.add(1, B | E, STREAM, 1, 0, 20);
            assertEquals(List.of("1/20"), fed.taken());
            fed.queue.completeReset(named);
            assertEquals(5_000, fed.queue.heldBytes());
            List<String> taken = fed.taken();
            taken.sort(null);
            assertEquals(List.of("1/2000", "1/3000"), taken);
            assertEquals(0, fed.queue.heldBytes());
            assertNull(fed.queue.violation());
        }
    }

    @ParameterizedTest
    @EnumSource(DataFormat.class)
    @DisplayName(
            "RFC 6525: the receiver of parts learns that the message ended with its stream; on other streams it goes on")
    void resetOfParts(DataFormat format) {
        for (int[] named : new int[][] {{STREAM}, {2}, {}}) {
            Fed fed = new Fed(format, STREAM);
            fed.add(0, B, STREAM, 0, 0, 100);
            assertEquals(List.of("<1/100"), fed.taken());
            fed.queue.endStreams(named);
            boolean ends = named.length == 0 || named[0] == STREAM;
            assertEquals(ends ? List.of("!1/0") : List.of(), fed.taken());
            if (!ends) {
                fed.add(1, E, STREAM, 0, 1, 10);
                assertEquals(List.of(">1/10"), fed.taken());
            }
        }
    }

    @Test
    @DisplayName("RFC 6525: where all streams are reset, what was begun without order on them ends too")
    void resetOfWhatIsUnordered() {
        Fed fed = new Fed(DataFormat.I_DATA);
        fed.add(0, B | U, 5, 0, 0, 1_000);
        fed.queue.completeReset(new int[0]);
        assertEquals(0, fed.queue.heldBytes());
    }

    @Test
    @DisplayName(
            "RFC 6525 §5.2.2: a message behind a reset that is not over is not handed out in parts, and outlives it")
    void partsBehindAReset() {
        Fed fed = new Fed(DataFormat.DATA, STREAM);
        fed.queue.deferReset(1, new int[] {STREAM});
        fed.add(2, B, STREAM, 0, 0, 100).add(0, B | E, STREAM, 0, 0, 10).add(1, B | E, STREAM, 1, 0, 20);
        assertEquals(List.of("1/10", "1/20"), fed.taken());
        fed.queue.completeReset(new int[] {STREAM});
        fed.add(3, E, STREAM, 0, 0, 50);
        assertEquals(List.of("1/150"), fed.taken());
        assertNull(fed.queue.violation());
    }

    @Test
    @DisplayName("a message in parts that is not its stream's next waits for its turn as a whole")
    void partsOutOfTurn() {
        Fed fed = new Fed(DataFormat.DATA, STREAM);
        fed.add(0, B, STREAM, 1, 0, 100);
        fed.inParts(STREAM);
        assertEquals(List.of(), fed.taken());
        fed.add(1, E, STREAM, 1, 0, 50);
        assertEquals(List.of(), fed.taken());
        fed.queue.skipStream(STREAM, 0);
        assertEquals(List.of("1/150"), fed.taken());
    }
}
