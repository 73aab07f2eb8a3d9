package io.github.purrtc;

import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** What an RTCError tells of its cause: webrtc-pc §11.1. */
class RtcErrorTest {
    /** RFC 5246 §7.2. */
    private static final int BAD_CERTIFICATE = 42;

    /** RFC 9260 §3.3.10.12. */
    private static final int USER_INITIATED_ABORT = 12;

    private static BlockingQueue<RtcException> errors(DataChannel channel) {
        BlockingQueue<RtcException> errors = new LinkedBlockingQueue<>();
        channel.onError(errors::add);
        return errors;
    }

    private static RtcErrorDetails details(BlockingQueue<RtcException> errors) throws InterruptedException {
        RtcException error = errors.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
        assertNotNull(error, "no error came in time");
        assertEquals(ErrorName.OPERATION_ERROR, error.errorName());
        return error.details().orElseThrow();
    }

    @Test
    void aPeerThatAbortsGivesItsCause() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = pair.a.createDataChannel("aborted");
            BlockingQueue<RtcException> errors = errors(channel);
            pair.connect();
            PeerPair.until("open", () -> channel.readyState() == DataChannelState.OPEN);
            pair.z.close();
            RtcErrorDetails details = details(errors);
            assertEquals(RtcErrorDetail.SCTP_FAILURE, details.errorDetail());
            assertEquals(OptionalInt.of(USER_INITIATED_ABORT), details.sctpCauseCode());
        }
    }

    @Test
    void theFingerprintIsToBlameHereAndTheAlertIsKnownThere() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            pair.trickle();
            BlockingQueue<RtcException> errorsOfA = errors(pair.a.createDataChannel("A"));
            BlockingQueue<RtcException> errorsOfZ = errors(pair.z.createDataChannel("Z"));
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            PeerPair.get(pair.a.setLocalDescription(offer));
            PeerPair.get(pair.z.setRemoteDescription(offer));
            SessionDescription answer = PeerPair.get(pair.z.createAnswer());
            PeerPair.get(pair.z.setLocalDescription(answer));
            String wrong = answer.sdp()
                    .replaceAll("a=fingerprint:sha-256 [^\\r]*", "a=fingerprint:sha-256 " + "00:".repeat(31) + "00");
            PeerPair.get(pair.a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, wrong)));
            RtcErrorDetails ofA = details(errorsOfA);
            assertEquals(RtcErrorDetail.FINGERPRINT_FAILURE, ofA.errorDetail());
            assertEquals(OptionalInt.empty(), ofA.sentAlert());
            assertEquals(OptionalInt.empty(), ofA.receivedAlert());
            RtcErrorDetails ofZ = details(errorsOfZ);
            assertEquals(RtcErrorDetail.DTLS_FAILURE, ofZ.errorDetail());
            assertEquals(OptionalInt.of(BAD_CERTIFICATE), ofZ.receivedAlert());
            assertEquals(OptionalInt.empty(), ofZ.sentAlert());
        }
    }

    @Test
    void aDescriptionThatBreaksTheGrammarGivesItsLine() {
        try (PeerConnection connection = new PeerConnection()) {
            String broken = "v=0\r\no=- 1 1 IN IP4 0.0.0.0\r\ns=-\r\nt=0 0\r\nthis is none\r\n";
            RtcException error = assertThrows(
                    RtcException.class,
                    () -> PeerPair.get(connection.setRemoteDescription(new SessionDescription(SdpType.OFFER, broken))));
            RtcErrorDetails details = error.details().orElseThrow();
            assertEquals(RtcErrorDetail.SDP_SYNTAX_ERROR, details.errorDetail());
            assertEquals(OptionalInt.of(5), details.sdpLineNumber());
        }
    }
}
