package io.github.purrtc;

import io.github.purrtc.dtls.DtlsAlert;
import org.jspecify.annotations.Nullable;

import java.util.OptionalInt;

/**
 * What WebRTC itself can say of a failure: webrtc-pc §11.1, {@code RTCError}.
 *
 * @param errorDetail which part failed
 * @param sdpLineNumber of a syntax error in a description, counted from 1
 * @param sctpCauseCode the cause of the ABORT that ended the association (RFC 9260 §3.3.10), if there was one
 * @param receivedAlert the AlertDescription of a fatal DTLS alert of the peer's (RFC 5246 §7.2)
 * @param sentAlert that of ours
 */
public record RtcErrorDetails(
        RtcErrorDetail errorDetail,
        OptionalInt sdpLineNumber,
        OptionalInt sctpCauseCode,
        OptionalInt receivedAlert,
        OptionalInt sentAlert) {
    private static final OptionalInt NONE = OptionalInt.empty();

    static RtcErrorDetails of(RtcErrorDetail detail) {
        return new RtcErrorDetails(detail, NONE, NONE, NONE, NONE);
    }

    static RtcErrorDetails sdpSyntaxError(int lineNumber) {
        return new RtcErrorDetails(RtcErrorDetail.SDP_SYNTAX_ERROR, OptionalInt.of(lineNumber), NONE, NONE, NONE);
    }

    /** @param causeCode 0 for none */
    static RtcErrorDetails sctpFailure(int causeCode) {
        OptionalInt cause = causeCode == 0 ? NONE : OptionalInt.of(causeCode);
        return new RtcErrorDetails(RtcErrorDetail.SCTP_FAILURE, NONE, cause, NONE, NONE);
    }

    static RtcErrorDetails dtlsFailure(@Nullable DtlsAlert alert) {
        boolean received = alert != null && alert.direction() == DtlsAlert.Direction.RECEIVED;
        OptionalInt description = alert == null ? NONE : OptionalInt.of(alert.description());
        return new RtcErrorDetails(
                RtcErrorDetail.DTLS_FAILURE, NONE, NONE, received ? description : NONE, received ? NONE : description);
    }
}
