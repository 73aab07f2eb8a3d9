package io.github.purrtc.sctp.sim;

import io.github.purrtc.sctp.CongestionAlgorithm;
import io.github.purrtc.sctp.SctpOptions;
import io.github.purrtc.sctp.SctpSendOptions;
import io.github.purrtc.sctp.SharedMemory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.SplittableRandom;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The receive window begins at 1 MiB and follows what the path carries and the reader takes, in virtual time. */
class FollowingWindowTest {
    private static final long MILLISECOND = 1_000_000L;
    private static final long SECOND = 1_000 * MILLISECOND;
    private static final int LEAST = 256 << 10;
    private static final int MOST = 16 << 20;
    private static final int MESSAGE = 16 * 1024;
    private static final int MEGABITS = 50;

    private final long seed = Long.getLong("purrtc.seed", 21);
    private final Memory memory = new Memory(Long.MAX_VALUE);
    private SimulatedPair pair;

    /** Keeps account, and has so much. */
    private static final class Memory implements SharedMemory {
        private final long limit;
        private long reserved;
        private long highest;

        Memory(long limit) {
            this.limit = limit;
        }

        @Override
        public boolean reserve(long bytes) {
            if (reserved + bytes > limit) {
                return false;
            }
            reserved += bytes;
            highest = Math.max(highest, reserved);
            return true;
        }

        @Override
        public void release(long bytes) {
            reserved -= bytes;
            assertTrue(reserved >= 0, "more was given back than taken");
        }

        @Override
        public boolean isScarce() {
            return limit - reserved < limit / 4;
        }
    }

    @ParameterizedTest(name = "50 Mbit/s, {0} ms of round trip: at least 90 % of the path")
    @CsvSource({"1", "20", "100", "200"})
    void fillsThePath(int roundTripMillis) {
        connect(path(roundTripMillis), memory);
        run(15L * roundTripMillis * MILLISECOND + SECOND);
        double percent = percent(SECOND);
        assertTrue(percent >= 90, () -> percent + " % of the path, window up to " + memory.highest + ", seed " + seed);
        assertTrue(memory.highest <= MOST - LEAST, () -> "reserved " + memory.highest);
    }

    @Test
    void aSlowPathKeepsTheLeastWindow() {
        connect(path(2), memory);
        run(SECOND);
        assertEquals(0, memory.highest);
    }

    @Test
    void aReaderWhoTakesNothingKeepsTheLeastWindow() {
        connect(path(100), memory);
        pair.z.readsSlowly(true, pair.now());
        run(SECOND);
        assertEquals(0, memory.highest);
        assertTrue(held() <= LEAST + 2_000, () -> "held " + held());
    }

    @Test
    void aReaderWhoStopsIsLeftWithWhatWasPromised() {
        connect(path(100), memory);
        run(2 * SECOND);
        long before = memory.reserved;
        assertTrue(before > 0);
        pair.z.readsSlowly(true, pair.now());
        run(SECOND);
        assertTrue(held() <= LEAST + before + 2_000, () -> "held " + held() + ", window " + (LEAST + before));
        assertEquals(before, memory.reserved);
    }

    @Test
    void withoutMemoryTheLeastWindowStays() {
        connect(path(100), new Memory(0));
        run(SECOND);
        // RFC 9260 §6.1 A: one window in a round trip.
        double percent = percent(SECOND);
        assertTrue(percent > 20 && percent < 45, () -> percent + " % of the path");
    }

    @Test
    void nothingThatWasPromisedIsDroppedWhenMemoryGetsScarce() {
        Memory little = new Memory(2 << 20);
        connect(path(100), little);
        run(SECOND);
        assertTrue(little.isScarce());
        assertTrue(pair.runUntil(() -> pair.a.association().metrics().bufferedBytes() == 0, pair.now() + 5 * SECOND));
        long retransmissions = pair.a.association().metrics().retransmissions();
        for (int i = 0; i < 200; i++) {
            pair.runUntil(() -> false, pair.now() + 25 * MILLISECOND);
            assertTrue(pair.a.send(1, 53, new byte[MESSAGE], SctpSendOptions.RELIABLE_ORDERED, pair.now()));
        }
        assertFalse(little.isScarce(), () -> "reserved " + little.reserved);
        assertEquals(retransmissions, pair.a.association().metrics().retransmissions());
    }

    @Test
    void aSilentConnectionGivesEverythingBackAndGoesOnAfterwards() {
        connect(path(100), memory);
        run(2 * SECOND);
        assertTrue(memory.reserved > 0);
        pair.runUntil(() -> false, pair.now() + 100 * SECOND);
        assertEquals(0, memory.reserved);
        assertEquals(LEAST, pair.a.association().metrics().peerWindow());
        run(2 * SECOND);
        assertTrue(memory.reserved > 0);
    }

    @Test
    void theEndOfTheAssociationGivesEverythingBack() {
        connect(path(100), memory);
        run(2 * SECOND);
        assertTrue(memory.reserved > 0);
        pair.z.association().abort("enough", pair.now());
        assertEquals(0, memory.reserved);
        assertFalse(memory.isScarce());
    }

    /** Its queue holds a bandwidth-delay product. */
    private static LinkConditions path(int roundTripMillis) {
        long bytesPerSecond = MEGABITS * 125_000L;
        int product = (int) Math.max(bytesPerSecond * roundTripMillis / 1000, 64 * 1024);
        return new LinkConditions(
                0, 0, 1, 0, 0, 0, roundTripMillis * MILLISECOND / 2, 0, bytesPerSecond, product, 1_500);
    }

    private void connect(LinkConditions path, SharedMemory shared) {
        SctpOptions.Builder options = SctpOptions.builder()
                .congestionControl(CongestionAlgorithm.BBR)
                .receiveWindow(LEAST)
                .maxReceiveWindow(MOST)
                .sendBufferLimit(32 << 20);
        SctpOptions optionsOfA = options.build();
        pair = new SimulatedPair(
                optionsOfA, options.sharedMemory(shared).build(), path, path, new SplittableRandom(seed));
        pair.a.connect(pair.now());
    }

    private double percent(long nanos) {
        long before = pair.z.association().metrics().userBytesReceived();
        run(nanos);
        return (pair.z.association().metrics().userBytesReceived() - before) * 800e9 / nanos / (MEGABITS * 1e6);
    }

    /** Keeps the send buffer full. */
    private void run(long nanos) {
        for (long until = pair.now() + nanos; pair.now() < until; ) {
            while (pair.a.association().metrics().bufferedBytes() < 4 << 20) {
                assertTrue(pair.a.send(1, 53, new byte[MESSAGE], SctpSendOptions.RELIABLE_ORDERED, pair.now()));
            }
            pair.runUntil(() -> false, Math.min(until, pair.now() + 50 * MILLISECOND));
        }
    }

    private long held() {
        return pair.z.association().metrics().heldBytes();
    }
}
