package io.github.purrtc.sdp;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What must not get into a description, nor out of one into a log. */
class TextTest {
    @ParameterizedTest
    @ValueSource(strings = {"", " ", "a b", "a\tb", "a\u007F", "\u0000"})
    void noWordAndNoTokenEndsItsField(String value) {
        assertThrows(IllegalArgumentException.class, () -> Text.requireWord("it", value));
        assertThrows(IllegalArgumentException.class, () -> Text.requireToken("it", value));
    }

    @Test
    void wordsAndTokens() {
        assertEquals("!\u00e9(~", Text.requireWord("it", "!\u00e9(~"));
        assertEquals("!a-Z09~", Text.requireToken("it", "!a-Z09~"));
        for (char each : "\"(),/:;<=>?@[\\]\u00e9".toCharArray()) {
            assertThrows(IllegalArgumentException.class, () -> Text.requireToken("it", "a" + each));
        }
        assertEquals("a \t(", Text.requireOneLine("it", "a \t("));
        assertEquals(List.of("a", "b", "c"), Text.words("  a b   c "));
        assertEquals(List.of(), Text.words(" "));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+5", "-5", " 5", "5 ", "5a", "\u0665"})
    void numbersAreOfDigitsAlone(String value) {
        assertThrows(IllegalArgumentException.class, () -> Text.parseInt("it", value, 0, 10));
        assertThrows(IllegalArgumentException.class, () -> Text.parseUnsignedLong("it", value));
    }

    @Test
    void numbersAreInTheirRange() {
        assertEquals(0, Text.parseInt("it", "0", 0, 65_535));
        assertEquals(65_535, Text.parseInt("it", "000065535", 0, 65_535));
        for (String value : List.of("65536", "4295032831", "0000000001", "99999999999999999999")) {
            assertThrows(IllegalArgumentException.class, () -> Text.parseInt("it", value, 0, 65_535));
        }
        assertEquals(999_999_999, Text.parseInt("it", "999999999", 1, Integer.MAX_VALUE));
        assertEquals(-1, Text.parseUnsignedLong("it", "18446744073709551615"));
        assertThrows(IllegalArgumentException.class, () -> Text.parseUnsignedLong("it", "18446744073709551616"));
        assertEquals(7, Text.requireRange("it", 7, 7, 7));
        assertThrows(IllegalArgumentException.class, () -> Text.requireRange("it", 8, 7, 7));
        assertThrows(IllegalArgumentException.class, () -> Text.requireRange("it", 6, 7, 7));
    }

    @Test
    @DisplayName("what an exception shows of a value is short, and cannot write lines of its own into a log")
    void hostileValuesAreShownInPart() {
        assertEquals("'a??[31m?b c'", Text.quote("a\n\u001B[31m\u007Fb c"));
        assertEquals("'" + "x".repeat(40) + "'", Text.quote("x".repeat(40)));
        assertEquals("'" + "x".repeat(40) + "…'", Text.quote("x".repeat(60_000)));
        String hostile = "v=0\r\n" + "\u001B[2J".repeat(1_000) + "\r\n";
        String message = assertThrows(SdpException.class, () -> SdpDocument.parse(hostile))
                .getMessage();
        assertTrue(message.length() < 200, message);
        assertFalse(message.contains("\u001B"), message);
    }
}
