package io.github.purrtc.interop;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class PatternTest {
    @Test
    @DisplayName("a shorter fill is the beginning of a longer one of the same seed")
    void begins() {
        byte[] whole = Pattern.fill(7, 1_000);
        for (int size = 0; size < 100; size++) {
            assertArrayEquals(java.util.Arrays.copyOf(whole, size), Pattern.fill(7, size));
        }
    }

    @Test
    @DisplayName("one changed byte, another seed, another order of messages are seen")
    void tells() {
        byte[] bytes = Pattern.fill(7, 1_000);
        assertTrue(Pattern.isFill(7, ByteBuffer.wrap(bytes)));
        assertFalse(Pattern.isFill(8, ByteBuffer.wrap(bytes)));
        bytes[999] ^= 1;
        assertFalse(Pattern.isFill(7, ByteBuffer.wrap(bytes)));
    }

    @Test
    @DisplayName("a text has as many bytes as were asked for")
    void fillsTexts() {
        assertEquals(1_001, Pattern.fillText(7, 1_001).length());
        assertTrue(Pattern.fillText(7, 1_001).chars().allMatch(letter -> letter >= 'a' && letter < 'q'));
    }
}
