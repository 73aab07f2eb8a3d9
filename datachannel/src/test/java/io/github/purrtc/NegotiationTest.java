package io.github.purrtc;

import io.github.purrtc.sdp.SdpDialect;
import io.github.purrtc.sdp.SdpDocument;
import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class NegotiationTest {
    private static final Configuration LOOPBACK =
            Configuration.builder().includeLoopback(true).build();

    /** A browser's offer of audio and data; what an answer must do with the audio is in RFC 9429 §5.3.1. */
    private static final String AUDIO_AND_DATA = String.join(
            "\r\n",
            "v=0",
            "o=- 4962303333179871722 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            "a=group:BUNDLE a d",
            "a=extmap-allow-mixed",
            "m=audio 9 UDP/TLS/RTP/SAVPF 111 0",
            "c=IN IP4 0.0.0.0",
            "a=mid:a",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789abcdef01234567",
            "a=ice-options:trickle",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=sendrecv",
            "m=application 9 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 0.0.0.0",
            "a=mid:d",
            "a=sctp-port:5000",
            "a=max-message-size:262144",
            "a=ice-ufrag:abcd",
            "a=ice-pwd:0123456789abcdef01234567",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "");

    private static ErrorName failure(CompletionStage<?> stage) {
        return assertThrows(RtcException.class, () -> PeerPair.get(stage)).errorName();
    }

    private static SessionDescription offer(String sdp) {
        return new SessionDescription(SdpType.OFFER, sdp);
    }

    @Test
    void anOfferWithoutChannelsHasNoSection() {
        try (PeerConnection connection = new PeerConnection(LOOPBACK)) {
            String sdp = PeerPair.get(connection.createOffer()).sdp();
            assertEquals(List.of(), SdpDocument.parse(sdp).sections());
        }
    }

    @Test
    void offersSpeakTheConfiguredDialectAndAnswersTheOffers() {
        Configuration legacy = Configuration.builder()
                .includeLoopback(true)
                .sdpDialect(SdpDialect.LEGACY)
                .build();
        try (PeerConnection a = new PeerConnection(legacy);
                PeerConnection z = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            SessionDescription offer = PeerPair.get(a.createOffer());
            assertTrue(offer.sdp().contains("m=application 9 DTLS/SCTP 5000\r\n"));
            assertTrue(offer.sdp().contains("a=sctpmap:5000 webrtc-datachannel 65535\r\n"));
            PeerPair.get(z.setRemoteDescription(offer));
            SessionDescription answer = PeerPair.get(z.createAnswer());
            assertTrue(answer.sdp().contains("m=application 9 DTLS/SCTP 5000\r\n"));
            assertTrue(answer.sdp().contains("a=setup:active\r\n"));
        }
    }

    @Test
    void otherSectionsAreRejected() {
        try (PeerConnection z = new PeerConnection(LOOPBACK)) {
            PeerPair.get(z.setRemoteDescription(offer(AUDIO_AND_DATA)));
            String sdp = PeerPair.get(z.createAnswer()).sdp();
            assertTrue(sdp.contains("m=audio 0 UDP/TLS/RTP/SAVPF 111 0\r\n"));
            assertTrue(sdp.contains("m=application 9 UDP/DTLS/SCTP webrtc-datachannel\r\n"));
            assertTrue(sdp.contains("a=group:BUNDLE d\r\n"));
        }
    }

    @Test
    void candidatesAreInTheLocalDescriptionWhenGatheringIsComplete() {
        try (PeerConnection a = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            assertNull(a.localDescription());
            PeerPair.get(a.setLocalDescription());
            assertEquals(SignalingState.HAVE_LOCAL_OFFER, a.signalingState());
            Await.until("gathering is complete", () -> a.iceGatheringState() == IceGatheringState.COMPLETE);
            SessionDescription local = a.localDescription();
            assertNotNull(local);
            assertTrue(local.sdp().contains("a=candidate:"));
            assertTrue(local.sdp().endsWith("a=end-of-candidates\r\n"));
            assertNull(a.currentLocalDescription());
            assertEquals(local, a.pendingLocalDescription());
        }
    }

    @Test
    void wrongStatesAreInvalid() {
        try (PeerConnection a = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(a.createAnswer()));
            assertEquals(
                    ErrorName.INVALID_STATE_ERROR,
                    failure(a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, AUDIO_AND_DATA))));
            assertEquals(
                    ErrorName.INVALID_STATE_ERROR,
                    failure(a.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, ""))));
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(a.addIceCandidate(null)));
        }
    }

    @Test
    void aLocalDescriptionMayNotBeChanged() {
        try (PeerConnection a = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            SessionDescription created = PeerPair.get(a.createOffer());
            SessionDescription changed = offer(created.sdp().replace("a=sendrecv", "a=sendonly"));
            assertEquals(ErrorName.INVALID_MODIFICATION_ERROR, failure(a.setLocalDescription(changed)));
            PeerPair.get(a.setLocalDescription(created));
        }
    }

    @Test
    void malformedDescriptionsNameTheirLine() {
        try (PeerConnection z = new PeerConnection(LOOPBACK)) {
            String bad = AUDIO_AND_DATA.replace("a=sctp-port:5000", "a=sctp-port:potato");
            RtcException e = assertThrows(RtcException.class, () -> PeerPair.get(z.setRemoteDescription(offer(bad))));
            assertEquals(ErrorName.OPERATION_ERROR, e.errorName());
            assertTrue(e.getMessage().contains("19"), e.getMessage());
            assertEquals(SignalingState.STABLE, z.signalingState());
        }
    }

    @Test
    void rollbackReturnsToStable() {
        try (PeerConnection a = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            PeerPair.get(a.setLocalDescription());
            PeerPair.get(a.setLocalDescription(new SessionDescription(SdpType.ROLLBACK, "")));
            assertEquals(SignalingState.STABLE, a.signalingState());
            assertNull(a.localDescription());
        }
    }

    @Test
    void aRemoteOfferTakesBackOurOwn() {
        try (PeerConnection a = new PeerConnection(LOOPBACK)) {
            a.createDataChannel("cat-noises");
            PeerPair.get(a.setLocalDescription());
            PeerPair.get(a.setRemoteDescription(offer(AUDIO_AND_DATA)));
            assertEquals(SignalingState.HAVE_REMOTE_OFFER, a.signalingState());
            assertNull(a.pendingLocalDescription());
        }
    }

    @Test
    void candidatesMustBelongToTheDescription() {
        String host = "candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host";
        try (PeerConnection z = new PeerConnection(LOOPBACK)) {
            PeerPair.get(z.setRemoteDescription(offer(AUDIO_AND_DATA)));
            PeerPair.get(z.addIceCandidate(new IceCandidate(host, "d", null, null)));
            assertTrue(z.remoteDescription().sdp().contains("a=" + host + "\r\n"));
            PeerPair.get(z.addIceCandidate(new IceCandidate(host, null, 1, "abcd")));
            assertEquals(
                    ErrorName.OPERATION_ERROR, failure(z.addIceCandidate(new IceCandidate(host, "x", null, null))));
            assertEquals(ErrorName.OPERATION_ERROR, failure(z.addIceCandidate(new IceCandidate(host, null, 2, null))));
            assertEquals(ErrorName.TYPE_ERROR, failure(z.addIceCandidate(new IceCandidate(host, null, null, null))));
            assertEquals(
                    ErrorName.OPERATION_ERROR, failure(z.addIceCandidate(new IceCandidate(host, "d", null, "other"))));
            assertEquals(
                    ErrorName.OPERATION_ERROR,
                    failure(z.addIceCandidate(new IceCandidate("candidate:potato", "d", null, null))));
            PeerPair.get(z.addIceCandidate(null));
            assertTrue(z.remoteDescription().sdp().contains("a=end-of-candidates\r\n"));
        }
    }

    @Test
    void anAnswerThatRejectsTheSectionClosesTheChannels() {
        try (PeerConnection a = new PeerConnection(LOOPBACK);
                PeerConnection z = new PeerConnection(LOOPBACK)) {
            CountDownLatch closed = new CountDownLatch(1);
            AtomicReference<RtcException> error = new AtomicReference<>();
            DataChannel channel =
                    a.createDataChannel("unwanted").onError(error::set).onClose(closed::countDown);
            SessionDescription offer = PeerPair.get(a.createOffer());
            PeerPair.get(a.setLocalDescription(offer));
            PeerPair.get(z.setRemoteDescription(offer));
            String answer = PeerPair.get(z.createAnswer()).sdp();
            String rejecting =
                    answer.replace("m=application 9 ", "m=application 0 ").replaceAll("a=group:[^\r]*\r\n", "");
            PeerPair.get(a.setRemoteDescription(new SessionDescription(SdpType.ANSWER, rejecting)));
            PeerPair.await(closed, "close");
            assertEquals(ErrorName.OPERATION_ERROR, error.get().errorName());
            assertEquals(DataChannelState.CLOSED, channel.readyState());
            assertEquals(SignalingState.STABLE, a.signalingState());
        }
    }

    @Test
    void aPeerThatCannotBeToldByItsFingerprintsIsRefused() {
        String strong = "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB";
        for (String weak : List.of("a=fingerprint:sha-1 " + "AB:".repeat(19) + "AB", "a=fingerprint:sha-256 AB:CD")) {
            try (PeerConnection z = new PeerConnection(LOOPBACK)) {
                String sdp = AUDIO_AND_DATA.replace(strong, weak);
                assertEquals(ErrorName.INVALID_ACCESS_ERROR, failure(z.setRemoteDescription(offer(sdp))));
                assertEquals(SignalingState.STABLE, z.signalingState());
                PeerPair.get(z.setRemoteDescription(offer(AUDIO_AND_DATA)));
            }
        }
    }

    /** RFC 9429 §5.10: sections without a mid are known by their index. */
    @Test
    void sectionsWithoutAMidConnect() {
        try (PeerPair pair = new PeerPair()) {
            DataChannel channel = pair.a.createDataChannel("cat-noises");
            PeerPair.get(pair.a.setLocalDescription());
            awaitGathered(pair.a);
            PeerPair.get(pair.z.setRemoteDescription(withoutMid(pair.a.localDescription())));
            PeerPair.get(pair.z.setLocalDescription());
            awaitGathered(pair.z);
            SessionDescription answer = pair.z.localDescription();
            assertNotNull(answer);
            assertFalse(answer.sdp().contains("a=group:"), answer.sdp());
            PeerPair.get(pair.a.setRemoteDescription(withoutMid(answer)));
            String late = "candidate:1 1 udp 2122252543 127.0.0.1 9 typ host";
            PeerPair.get(pair.a.addIceCandidate(new IceCandidate(late, null, 0, null)));
            Await.until("open", () -> channel.readyState() == DataChannelState.OPEN);
        }
    }

    private static SessionDescription withoutMid(SessionDescription description) {
        assertNotNull(description);
        return new SessionDescription(description.type(), description.sdp().replaceAll("a=(group|mid):[^\r]*\r\n", ""));
    }

    private static void awaitGathered(PeerConnection connection) {
        Await.until("gathering is complete", () -> connection.iceGatheringState() == IceGatheringState.COMPLETE);
    }
}
