package io.github.purrtc.sdp;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

/** A offers, Z answers. */
class AnswerTest {
    private static final SctpAttributes SCTP = new SctpAttributes(6000, 65_535, MaxMessageSize.of(1_000_000));

    private static final TransportAttributes TRANSPORT = TransportAttributes.trickling(
            new IceCredentials("zzzz", "zzzzzzzzzzzzzzzzzzzzzz"),
            SetupRole.ACTIVE,
            List.of(new Fingerprint("sha-256", Samples.FINGERPRINT)),
            null);

    private static String answer(String offer) {
        String answer = SdpDocument.parse(offer)
                .answer(new Origin("-", 7, 1, NetworkAddress.LOOPBACK), SCTP, TRANSPORT)
                .toString();
        assertEquals(answer, SdpDocument.parse(answer).toString());
        return answer.replace("\r\n", "\n");
    }

    @Test
    void takesTheDataSectionAndRejectsTheOthersInTheirPlaces() {
        // A -> audio, video, data -> Z
        // A <- -, -, data <- Z
        assertEquals("""
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=ice-options:trickle
                a=group:BUNDLE 2
                m=audio 0 UDP/TLS/RTP/SAVPF 111 63 9 0 8 13 110 126
                c=IN IP4 0.0.0.0
                a=mid:0
                a=inactive
                m=video 0 UDP/TLS/RTP/SAVPF 96 97
                c=IN IP4 0.0.0.0
                a=mid:1
                a=inactive
                m=application 9 UDP/DTLS/SCTP webrtc-datachannel
                c=IN IP4 0.0.0.0
                a=mid:2
                a=sendrecv
                a=ice-ufrag:zzzz
                a=ice-pwd:zzzzzzzzzzzzzzzzzzzzzz
                a=setup:active
                a=fingerprint:sha-256 %s
                a=sctp-port:6000
                a=max-message-size:1000000
                """.formatted(Samples.FINGERPRINT), answer(Samples.CHROMIUM_OFFER));
    }

    @Test
    void speaksTheOlderDialectToWhoSpeaksIt() {
        assertEquals("""
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=-
                t=0 0
                a=ice-options:trickle
                a=group:BUNDLE rawrtc-sctp-dc
                m=application 9 DTLS/SCTP 5000
                c=IN IP4 0.0.0.0
                a=mid:rawrtc-sctp-dc
                a=sendrecv
                a=ice-ufrag:zzzz
                a=ice-pwd:zzzzzzzzzzzzzzzzzzzzzz
                a=setup:active
                a=fingerprint:sha-256 %s
                a=sctpmap:5000 webrtc-datachannel 65535
                a=max-message-size:1000000
                """.formatted(Samples.FINGERPRINT), answer(RawrtcOfferTest.OFFER));
    }

    @Test
    void takesABundleOnlySectionWithAPort() {
        String answer = answer(Samples.FIREFOX_MAX_BUNDLE_OFFER);
        SdpDocument parsed = SdpDocument.parse(answer);
        assertEquals(List.of(new BundleGroup(List.of("1"))), parsed.bundleGroups());
        assertEquals(9, parsed.sections().get(1).description().port());
        assertEquals(1, parsed.applicationIndex());
    }

    @Test
    void withoutMidThereIsNoGroup() {
        SdpDocument answer = SdpDocument.parse(
                answer(Samples.FIREFOX_OFFER.replace("a=mid:0\n", "").replace("a=group:BUNDLE 0\n", "")));
        assertEquals(List.of(), answer.bundleGroups());
        assertNull(answer.sections().get(0).mid());
        assertEquals(0, answer.applicationIndex());
    }

    @Test
    void withoutBundleThereIsNoGroup() {
        SdpDocument answer = SdpDocument.parse(answer(Samples.FIREFOX_OFFER.replace("a=group:BUNDLE 0\n", "")));
        assertEquals(List.of(), answer.bundleGroups());
        assertEquals("0", answer.sections().get(0).mid());
    }

    @Test
    void withoutADataSectionEverythingIsRejected() {
        SdpDocument answer = SdpDocument.parse(
                answer(Samples.CHROMIUM_OFFER.substring(0, Samples.CHROMIUM_OFFER.indexOf("m=application"))));
        assertNull(answer.application());
        assertEquals(List.of(), answer.bundleGroups());
        assertEquals(2, answer.sections().size());
    }

    @Test
    void aRejectedDataSectionStaysRejectedAndTheNextIsTaken() {
        SdpDocument offer = SdpDocument.parse(
                Samples.CHROMIUM_OFFER.replace("m=video 9 UDP/TLS/RTP/SAVPF 96 97", "m=application 0 DTLS/SCTP 5001")
                        + "m=application 9 UDP/DTLS/SCTP webrtc-datachannel\na=ice-ufrag:more\n"
                        + "a=ice-pwd:0123456789012345678901\na=fingerprint:sha-256 " + Samples.FINGERPRINT);
        SdpDocument answer = SdpDocument.parse(answer(offer.toString()));
        assertEquals(2, answer.applicationIndex());
        for (int i : new int[] {0, 1, 3}) {
            assertEquals(0, answer.sections().get(i).description().port(), "section " + i);
            assertEquals(TransportAttributes.NONE, answer.sections().get(i).transport(), "section " + i);
        }
        assertEquals(List.of("5001"), answer.sections().get(1).description().formats());
    }

    @Test
    void anAnswerWithoutCredentialsIsAMisuse() {
        SdpDocument offer = SdpDocument.parse(Samples.FIREFOX_OFFER);
        assertThrows(
                IllegalArgumentException.class, () -> offer.answer(offer.origin(), SCTP, TransportAttributes.NONE));
    }

    @Test
    void rolesThatAnswerEachOther() {
        assertEquals(SetupRole.ACTIVE, SetupRole.answering(SetupRole.ACTPASS));
        assertEquals(SetupRole.ACTIVE, SetupRole.answering(SetupRole.PASSIVE));
        assertEquals(SetupRole.PASSIVE, SetupRole.answering(SetupRole.ACTIVE));
        assertEquals(SetupRole.ACTIVE, SetupRole.answering(null));
    }

    @Test
    void aLaterOfferKeepsItsSections() {
        SdpDocument first = SdpDocument.parse(Samples.CHROMIUM_OFFER);
        SdpDocument later = first.withOrigin(first.origin().next())
                .withSection(1, first.sections().get(1).rejected())
                .withCandidate(2, "candidate:1 1 udp 1 192.0.2.1 9 typ host")
                .withEndOfCandidates(2);
        assertEquals(later, SdpDocument.parse(later.toString()));
        assertEquals(3, later.origin().sessionVersion());
        assertEquals(List.of(2, 1), List.of(later.indexOf("2"), later.indexOf("1")));
        assertEquals(-1, later.indexOf("3"));
        assertEquals(1, later.transport(2).candidates().size());
    }
}
