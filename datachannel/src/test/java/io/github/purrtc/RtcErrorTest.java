package io.github.purrtc;

import io.github.purrtc.ice.NetworkOptions;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
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
            BlockingQueue<RtcException> errors = errors(pair.a.createDataChannel("aborted"));
            BlockingQueue<DataChannel> accepted = new LinkedBlockingQueue<>();
            pair.z.onDataChannel(accepted::add);
            pair.connect();
            // A's channel is open with the INIT ACK already: who has no COOKIE ECHO yet has nothing to abort.
            assertNotNull(accepted.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS), "no channel came in time");
            pair.z.close();
            RtcErrorDetails details = details(errors);
            assertEquals(RtcErrorDetail.SCTP_FAILURE, details.errorDetail());
            assertEquals(OptionalInt.of(USER_INITIATED_ABORT), details.sctpCauseCode());
        }
    }

    /** All of it waits in the socket when the loop comes to it: data, ABORT and close_notify are read in one burst. */
    @Test
    void whatComesTogetherWithTheEndIsHandedUpFirst() throws InterruptedException {
        try (WebRtc one = WebRtc.open(new WebRtcOptions(NetworkOptions.defaults()));
                WebRtc another = WebRtc.open(new WebRtcOptions(NetworkOptions.defaults()))) {
            Configuration configuration =
                    Configuration.builder().includeLoopback(true).build();
            CountDownLatch busy = new CountDownLatch(1);
            CountDownLatch allSent = new CountDownLatch(1);
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            try (PeerPair pair =
                    new PeerPair(one.peerConnection(configuration), another.peerConnection(configuration))) {
                DataChannel channel = pair.a.createDataChannel("last words");
                BlockingQueue<RtcException> errors = errors(channel);
                channel.onMessage(message -> messages.add(message.text()));
                BlockingQueue<DataChannel> accepted = new LinkedBlockingQueue<>();
                pair.z.onDataChannel(accepted::add);
                pair.connect();
                DataChannel atZ = accepted.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS);
                assertNotNull(atZ, "no channel came in time");
                // A socket that got single datagrams is not read to its end.
                String much = "x".repeat(100_000);
                atZ.send(much);
                assertEquals(much, messages.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
                pair.a.executor().execute(() -> {
                    busy.countDown();
                    PeerPair.await(allSent, "the peer's end");
                });
                PeerPair.await(busy, "the loop's waiting");
                pair.z.executor().execute(() -> atZ.send("good night"));
                CountDownLatch sent = new CountDownLatch(1);
                // The message goes down after what the loop does now.
                pair.z.executor().execute(() -> pair.z.executor().execute(sent::countDown));
                PeerPair.await(sent, "the message's sending");
                pair.z.close();
                CountDownLatch closed = new CountDownLatch(1);
                pair.z.executor().execute(closed::countDown);
                PeerPair.await(closed, "the close");
                allSent.countDown();
                assertEquals("good night", messages.poll(PeerPair.LIMIT_SECONDS, TimeUnit.SECONDS));
                assertEquals(
                        OptionalInt.of(USER_INITIATED_ABORT), details(errors).sctpCauseCode());
            }
        }
    }

    @Test
    void theFingerprintIsToBlameHereAndTheAlertIsKnownThere() throws InterruptedException {
        try (PeerPair pair = new PeerPair()) {
            pair.trickle();
            BlockingQueue<RtcException> errorsOfA = errors(pair.a.createDataChannel("A"));
            BlockingQueue<RtcException> errorsOfZ = errors(pair.z.createDataChannel("Z"));
            SessionDescription offer = PeerPair.get(pair.a.createOffer());
            // Candidates come as soon as a side knows its own description: the other one has to know it by then.
            PeerPair.get(pair.z.setRemoteDescription(offer));
            PeerPair.get(pair.a.setLocalDescription(offer));
            SessionDescription answer = PeerPair.get(pair.z.createAnswer());
            String wrong = answer.sdp()
                    .replaceAll("a=fingerprint:sha-256 [^\\r]*", "a=fingerprint:sha-256 " + "00:".repeat(31) + "00");
            PeerPair.get(pair.a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, wrong)));
            PeerPair.get(pair.z.setLocalDescription(answer));
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
