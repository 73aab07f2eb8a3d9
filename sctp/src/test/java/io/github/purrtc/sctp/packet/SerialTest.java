package io.github.purrtc.sctp.packet;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import org.junit.jupiter.api.Test;

import static org.junit.jupiter.api.Assertions.assertEquals;

class SerialTest {
    @Property
    void unwraps32BitsWithinHalfTheCircle(
            @ForAll @LongRange(min = 1L << 33, max = 1L << 60) long reference,
            @ForAll @LongRange(min = -(1L << 31), max = (1L << 31) - 1) long distance) {
        assertEquals(reference + distance, Serial.unwrap32(reference, (int) (reference + distance)));
    }

    @Property
    void unwraps16BitsWithinHalfTheCircle(
            @ForAll @LongRange(min = 1L << 17, max = 1L << 60) long reference,
            @ForAll @IntRange(min = -(1 << 15), max = (1 << 15) - 1) int distance) {
        assertEquals(reference + distance, Serial.unwrap16(reference, (int) (reference + distance) & 0xFFFF));
    }

    @Property
    void firstNumbersKeepTheirLowBits(@ForAll int raw) {
        assertEquals(raw, (int) Serial.first32(raw));
        assertEquals(raw & 0xFFFF, (int) (Serial.first16(raw) & 0xFFFF));
    }

    @Test
    void predecessorsOfTheFirstStayPositive() {
        assertEquals((1L << 32) - 1, Serial.unwrap32(Serial.first32(0), -1));
        assertEquals((1L << 16) - 1, Serial.unwrap16(Serial.first16(0), 0xFFFF));
    }
}
