package io.github.purrtc.examples;

import io.github.purrtc.IceCandidate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SignalTest {
    @Test
    void readsWhatAPageSends() {
        assertEquals(
                "hello",
                assertInstanceOf(Signal.Greeting.class, Signal.parse("{\"type\":\"msg\",\"msg\":\"hello\"}"))
                        .message()
                        .textValue());
        assertEquals(new Signal.Call(), Signal.parse("{\"type\":\"call\"}"));
        assertEquals(new Signal.Answer("v=0\r\n"), Signal.parse("{\"type\":\"answer\",\"sdp\":\"v=0\\r\\n\"}"));
        assertEquals(new Signal.HangUp(), Signal.parse(" {\"type\" : \"endi\"} "));
    }

    @Test
    void readsTheCandidateOfABrowser() {
        Signal.Trickle trickle = assertInstanceOf(
                Signal.Trickle.class,
                Signal.parse("{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"candidate:1 1 udp 2113937151 "
                        + "2c1f1e1a-4ab3-4d0b-8a8e-0b5f5c1b6a66.local 51234 typ host\",\"sdpMid\":\"0\","
                        + "\"sdpMLineIndex\":0,\"usernameFragment\":\"vxfd\"}}"));
        assertEquals(
                new IceCandidate(
                        "candidate:1 1 udp 2113937151 2c1f1e1a-4ab3-4d0b-8a8e-0b5f5c1b6a66.local 51234 typ host",
                        "0",
                        0,
                        "vxfd"),
                trickle.candidate());
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "{\"candidate\":\"\"}", "{\"candidate\":\"\",\"sdpMLineIndex\":0}"})
    void readsTheEndOfCandidates(String candidate) {
        Signal signal = Signal.parse("{\"type\":\"candidate\",\"candidate\":" + candidate + "}");
        assertNull(assertInstanceOf(Signal.Trickle.class, signal).candidate());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "``                                          | not a JSON object",
                "{                                           | not JSON",
                "[]                                          | not a JSON object",
                "\"call\"                                    | not a JSON object",
                "{}                                          | \"type\" must be a text",
                "{\"type\":7}                                | \"type\" must be a text",
                "{\"type\":\"purr\"}                         | unknown type \"purr\"",
                "{\"type\":\"call\",\"type\":\"endi\"}       | not JSON: Duplicate",
                "{\"type\":\"call\"}{\"type\":\"call\"}      | not JSON",
                "{\"type\":\"answer\"}                       | \"sdp\" must be a text",
                "{\"type\":\"answer\",\"sdp\":null}          | \"sdp\" must be a text",
                "{\"type\":\"candidate\"}                    | \"candidate\" must be an object or null",
                "{\"type\":\"candidate\",\"candidate\":\"\"} | \"candidate\" must be an object or null",
                "{\"type\":\"candidate\",\"candidate\":{}}   | \"candidate\" must be a text",
                "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"x\",\"sdpMLineIndex\":0.5}} | \"sdpMLineIndex\"",
                "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"x\",\"sdpMid\":5}} | \"sdpMid\" must be a text",
            })
    void saysWhatIsWrong(String text, String reason) {
        String message = assertThrows(IllegalArgumentException.class, () -> Signal.parse(text))
                .getMessage();
        assertTrue(message.startsWith(reason), message);
    }

    @Test
    void refusesWhatIsNestedDeeply() {
        String text = "{\"type\":\"msg\",\"msg\":" + "[".repeat(5_000) + "]".repeat(5_000) + "}";
        assertThrows(IllegalArgumentException.class, () -> Signal.parse(text));
    }

    @Test
    void writesTheEndOfCandidatesAsBrowsersTakeIt() {
        assertEquals(
                "{\"type\":\"candidate\",\"candidate\":{\"candidate\":\"\",\"sdpMLineIndex\":0}}",
                new Signal.Trickle(null).toJson());
    }
}
