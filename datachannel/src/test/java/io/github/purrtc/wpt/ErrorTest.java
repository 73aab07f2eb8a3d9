package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalInt;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** webrtc-pc §11: what is known of a failure. */
@DisplayName("RTCError.html")
class ErrorTest {
    private static RtcErrorDetails with(OptionalInt line, OptionalInt cause, OptionalInt received, OptionalInt sent) {
        return new RtcErrorDetails(RtcErrorDetail.DTLS_FAILURE, line, cause, received, sent);
    }

    private static final OptionalInt NONE = OptionalInt.empty();
    private static final OptionalInt FOUR = OptionalInt.of(4);

    private static OptionalInt attribute(String name, RtcErrorDetails details) {
        return switch (name.substring("RTCError.".length(), name.indexOf(' '))) {
            case "sdpLineNumber" -> details.sdpLineNumber();
            case "sctpCauseCode" -> details.sctpCauseCode();
            case "receivedAlert" -> details.receivedAlert();
            case "sentAlert" -> details.sentAlert();
            default -> throw new AssertionError(name);
        };
    }

    private static RtcException syntaxError() {
        try (PeerConnection pc = connection()) {
            return assertThrows(RtcException.class, () -> get(pc.setRemoteDescription(offer("v=0\r\nwrong"))));
        }
    }

    @Test
    @DisplayName("RTCError.name is 'OperationError'")
    void name() {
        RtcException error = syntaxError();
        assertEquals(ErrorName.OPERATION_ERROR, error.errorName());
        assertEquals("OperationError", error.errorName().toString());
    }

    @Test
    @DisplayName("RTCErrorInit.errorDetail is the only required attribute")
    void detail() {
        RtcErrorDetails details = syntaxError().details().orElseThrow();
        assertEquals("sdp-syntax-error", details.errorDetail().toString());
        assertEquals(NONE, details.sctpCauseCode());
        assertEquals(OptionalInt.of(2), details.sdpLineNumber());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "RTCError.sdpLineNumber is null by default",
                "RTCError.sctpCauseCode is null by default",
                "RTCError.receivedAlert is null by default",
                "RTCError.sentAlert is null by default"
            })
    void byDefault(String name) {
        assertEquals(NONE, attribute(name, with(NONE, NONE, NONE, NONE)));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "RTCError.sdpLineNumber is settable by constructor",
                "RTCError.sctpCauseCode is settable by constructor",
                "RTCError.receivedAlert is settable by constructor",
                "RTCError.sentAlert is settable by constructor"
            })
    void given(String name) {
        assertEquals(FOUR, attribute(name, with(FOUR, FOUR, FOUR, FOUR)));
    }
}
