package io.github.purrtc.sctp.rx;

import io.github.purrtc.sctp.SharedMemory;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whatever arrives, and however memory comes and goes: bounds are kept, accounts are square, and no promise is taken back. */
class ReceiveWindowProperties {
    private static final long LEAST = 1 << 20;
    private static final long MOST = 8 << 20;
    private static final long RTT = 50_000_000;

    private final class Memory implements SharedMemory {
        long reserved;
        boolean scarce;

        @Override
        public boolean reserve(long bytes) {
            if (scarce) {
                return false;
            }
            reserved += bytes;
            return true;
        }

        @Override
        public void release(long bytes) {
            reserved -= bytes;
        }

        @Override
        public boolean isScarce() {
            return scarce;
        }
    }

    @Property(tries = 300)
    void keepsItsPromises(@ForAll @Size(min = 1, max = 200) List<@IntRange(max = 4_000) Integer> steps) {
        Memory memory = new Memory();
        ReceiveWindow window = new ReceiveWindow(LEAST, MOST, memory);
        long now = -1_000_000_000L;
        long received = 0;
        long taken = 0;
        long edge = LEAST;
        for (int step : steps) {
            memory.scarce = step % 5 == 0;
            for (int i = 0; i < step; i++) {
                window.onReceived(1_000);
                received += 1_000;
                // Where the reader is slow, more is taken later.
                long bytes = step % 3 == 0 ? 0 : Math.min(2_000, received - taken);
                taken += bytes;
                if (window.isShrinking()) {
                    window.onTaken(bytes);
                }
            }
            now += RTT / 4 * (1 + step % 9);
            window.endOfBurst(step % 3 == 0 ? 1_000L * step : 0, RTT, now);

            assertTrue(window.size() >= LEAST && window.size() <= MOST, () -> "size " + window.size());
            assertTrue(taken + window.size() >= edge, "the right edge moved back");
            edge = taken + window.size();
            assertTrue(window.size() <= LEAST + memory.reserved, () -> window.size() + " of " + memory.reserved);
            assertTrue(memory.reserved - (window.size() - LEAST) < ReceiveWindow.STEP, "more is reserved than needed");
        }
        window.release();
        assertEquals(0, memory.reserved);
    }

    @Property(tries = 20)
    void growsWithinARoundTripOfWhatCame(@ForAll @IntRange(min = 200, max = 2_000) int kibibytes) {
        ReceiveWindow window = new ReceiveWindow(LEAST, MOST, SharedMemory.UNBOUNDED);
        window.endOfBurst(0, RTT, 0);
        window.onReceived(kibibytes << 10);
        window.endOfBurst(0, RTT, RTT);
        assertTrue(window.size() >= Math.min(MOST, 4L * (kibibytes << 10)), () -> "size " + window.size());
    }

    @Example
    void aBurstOnAShortPathIsNoRoundTrip() {
        long rtt = 100_000;
        ReceiveWindow window = new ReceiveWindow(LEAST, MOST, SharedMemory.UNBOUNDED);
        window.endOfBurst(0, rtt, 0);
        window.onReceived(1 << 20);
        window.endOfBurst(0, rtt, 4_900_000);
        assertEquals(LEAST, window.size());
        window.endOfBurst(0, rtt, 5_000_000);
        assertEquals(6 << 20, window.size());
    }

    @Example
    void unfinishedMessagesHaveRoomForSeveralLargeOnes() {
        assertEquals(5 << 20, new ReceiveWindow(LEAST, MOST, SharedMemory.UNBOUNDED).unfinishedLimit());
        assertEquals(3 << 20, new ReceiveWindow(LEAST, 3 << 20, SharedMemory.UNBOUNDED).unfinishedLimit());
        assertEquals(MOST, new ReceiveWindow(MOST, 2 * MOST, SharedMemory.UNBOUNDED).unfinishedLimit());
    }

    @Property(tries = 20)
    void aReaderWhoTakesNothingIsGivenNoMore(@ForAll @IntRange(min = 1, max = 900) int kibibytes) {
        ReceiveWindow window = new ReceiveWindow(LEAST, MOST, SharedMemory.UNBOUNDED);
        window.endOfBurst(0, RTT, 0);
        window.onReceived(kibibytes << 10);
        window.endOfBurst((long) kibibytes << 10, RTT, RTT);
        assertEquals(LEAST, window.size());
    }
}
