package io.github.purrtc.examples;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;

class EchoSessionsTest {
    @ParameterizedTest
    @CsvSource({"0, A", "1, B", "25, Z", "26, A1", "51, Z1", "52, A2"})
    void namesPagesByLetters(int index, String name) {
        assertEquals(name, EchoSessions.name(index));
    }
}
