package io.github.purrtc.examples;

import io.github.purrtc.IceCandidate;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

class SignalProperties {
    @Property
    void parsingWhatWasWrittenIsIdentity(@ForAll("signals") Signal signal) {
        assertEquals(signal, Signal.parse(signal.toJson()));
    }

    @Property(tries = 200)
    void everyPrefixIsRefused(@ForAll("signals") Signal signal) {
        String json = signal.toJson();
        for (int length = 0; length < json.length(); length++) {
            String prefix = json.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> Signal.parse(prefix), prefix);
        }
    }

    @Property
    void anyTextIsASignalOrRefused(@ForAll("texts") String text) {
        try {
            Signal.parse(text);
        } catch (IllegalArgumentException expected) {
            assertEquals(false, expected.getMessage().isEmpty());
        }
    }

    @Provide
    Arbitrary<Signal> signals() {
        Arbitrary<String> text = Arbitraries.strings().ofMaxLength(40);
        Arbitrary<IceCandidate> candidates = Combinators.combine(
                        text.filter(line -> !line.isEmpty()),
                        text.injectNull(0.3),
                        Arbitraries.integers().injectNull(0.3),
                        text.injectNull(0.3))
                .as(IceCandidate::new);
        return Arbitraries.oneOf(
                Arbitraries.of(new Signal.Call(), new Signal.HangUp()),
                text.map(greeting -> new Signal.Greeting(Json.object().textNode(greeting))),
                text.map(Signal.Offer::new),
                text.map(Signal.Answer::new),
                text.map(Signal.Failure::new),
                candidates.injectNull(0.2).map(Signal.Trickle::new));
    }

    /** Pieces of signals, in any order. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.oneOf(
                Arbitraries.strings().ofMaxLength(60),
                Arbitraries.of(
                                "{",
                                "}",
                                "[",
                                "]",
                                ":",
                                ",",
                                "\"",
                                "\"type\"",
                                "\"call\"",
                                "\"msg\"",
                                "\"candidate\"",
                                "\"answer\"",
                                "\"sdp\"",
                                "null",
                                "1e999",
                                "-0",
                                "\\u0000",
                                "\"sdpMLineIndex\"",
                                " ")
                        .list()
                        .ofMaxSize(14)
                        .map(pieces -> String.join("", pieces)));
    }
}
