package io.github.purrtc.sctp.rx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OfferedRoomTest {
    private static final int WINDOW = 100 * ReassemblyQueue.OVERHEAD;

    private final OfferedRoom room = new OfferedRoom(WINDOW);

    @Test
    @DisplayName(
            "what was offered stays, also when a later SACK offers less; a SACK that offers more counts from then on")
    void keepsWhatWasOffered() {
        room.onUsed(WINDOW - 1_000);
        room.onAdvertised(500);
        assertTrue(room.holds(1_000));
        assertFalse(room.holds(1_001));
        room.onAdvertised(2_000);
        assertTrue(room.holds(2_000));
        assertFalse(room.holds(2_001));
    }

    @Test
    @DisplayName("pieces of a byte use up what is set aside for what they cost")
    void countsPieces() {
        for (int i = 0; i < 100; i++) {
            assertTrue(room.holds(1));
            room.onUsed(1);
        }
        assertFalse(room.holds(1));
    }

    @Test
    @DisplayName("when the window has shrunk in a long silence, no more than that is offered")
    void shrinks() {
        room.onAdvertised(10 * WINDOW);
        room.onShrunk(WINDOW);
        assertTrue(room.holds(WINDOW));
        assertFalse(room.holds(WINDOW + 1));
    }

    @Test
    @DisplayName("what goes beyond it is counted until as much is freed")
    void countsExcess() {
        room.onExceeded(1_000);
        room.onExceeded(1);
        assertEquals(1_000 + ReassemblyQueue.OVERHEAD, room.excess());
        room.onFreed(1_000);
        room.onFreed(-5_000);
        assertEquals(ReassemblyQueue.OVERHEAD, room.excess());
        room.onFreed(5_000);
        assertEquals(0, room.excess());
        room.onExceeded(1_000);
        room.endExcess();
        assertEquals(0, room.excess());
    }
}
