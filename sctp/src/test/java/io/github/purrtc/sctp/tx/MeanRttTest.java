package io.github.purrtc.sctp.tx;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class MeanRttTest {
    private static final long MILLI = 1_000_000;

    private final MeanRtt mean = new MeanRtt();

    @Test
    @DisplayName("the mean of a round is known with the sample that begins the next one, and the next counts anew")
    void countsARound() {
        assertEquals(0, add(10, false, 0));
        assertEquals(0, add(20, false, 1));
        assertEquals(0, add(30, false, 2));
        assertEquals(0, add(40, false, 3));
        assertEquals(30 * MILLI, add(50, true, 4));
        assertEquals(0, add(1, false, 5));
        assertEquals(0, add(2, false, 6));
        assertEquals(0, add(3, false, 7));
        assertEquals(0, add(6, false, 8));
        assertEquals(3 * MILLI, add(3, true, 9));
    }

    @Test
    @DisplayName("a round of less than four samples tells nothing: the next ones are added to it")
    void needsSamples() {
        assertEquals(0, add(10, true, 0));
        assertEquals(0, add(20, false, 1));
        assertEquals(0, add(30, false, 2));
        assertEquals(25 * MILLI, add(40, false, 3));
    }

    @Test
    @DisplayName("what is longer than 75 ms is a while, whatever the round")
    void endsLongRounds() {
        for (int millis = 0; millis <= 75; millis++) {
            assertEquals(0, add(200, false, millis));
        }
        assertEquals(200 * MILLI, add(200, false, 76));
    }

    private long add(long rttMillis, boolean beginsRound, long nowMillis) {
        return mean.add(rttMillis * MILLI, beginsRound, nowMillis * MILLI);
    }
}
