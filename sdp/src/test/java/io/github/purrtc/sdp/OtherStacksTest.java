package io.github.purrtc.sdp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What browsers and libraries write is read as they mean it. */
class OtherStacksTest {
    private static final Fingerprint FINGERPRINT = new Fingerprint("sha-256", Samples.FINGERPRINT);

    private static ApplicationSection application(SdpDocument document) {
        ApplicationSection application = document.application();
        assertNotNull(application);
        return application;
    }

    @Test
    void chromiumsOffer() {
        SdpDocument offer = Samples.parse(Samples.CHROMIUM_OFFER);
        assertEquals(new Origin("-", 4611731400430051336L, 2, NetworkAddress.LOOPBACK), offer.origin());
        assertEquals(List.of(new BundleGroup(List.of("0", "1", "2"))), offer.bundleGroups());
        assertEquals(2, offer.applicationIndex());

        MediaDescription audio = offer.sections().get(0).description();
        assertInstanceOf(OtherSection.class, offer.sections().get(0));
        assertEquals("audio", audio.media());
        assertEquals(54400, audio.port());
        assertEquals(List.of("111", "63", "9", "0", "8", "13", "110", "126"), audio.formats());
        assertEquals("192.0.2.7", audio.connection().address());
        assertEquals(Direction.RECVONLY, offer.sections().get(1).description().direction());

        ApplicationSection data = application(offer);
        assertEquals(SdpDialect.CURRENT, data.dialect());
        assertEquals(new SctpAttributes(5000, 0, MaxMessageSize.of(262_144)), data.sctp());
        TransportAttributes transport = offer.transport(2);
        assertEquals(new IceCredentials("Oyef", "0B6kSSDb3ROC+iB1wr0IYXkb"), transport.credentials());
        assertEquals(List.of("trickle", "renomination", "ice2"), transport.iceOptions());
        assertTrue(transport.trickle());
        assertEquals(SetupRole.ACTPASS, transport.setup());
        assertEquals(List.of(FINGERPRINT), transport.fingerprints());
        // The section has credentials, so that its group's candidates are not taken for its own.
        assertEquals(List.of(), transport.candidates());
    }

    @Test
    void chromiumsAnswerInTheOlderDialect() {
        SdpDocument answer = Samples.parse(Samples.CHROMIUM_LEGACY_ANSWER);
        assertEquals(SdpDialect.LEGACY, application(answer).dialect());
        assertEquals(
                new SctpAttributes(5000, 1024, MaxMessageSize.ABSENT),
                application(answer).sctp());
        assertEquals(65_536, application(answer).maxMessageSize().bytes());
        assertEquals(SetupRole.ACTIVE, answer.transport(0).setup());
    }

    @Test
    void firefoxsOfferWithItsFingerprintAtSessionLevel() {
        SdpDocument offer = Samples.parse(Samples.FIREFOX_OFFER);
        assertEquals(List.of(), application(offer).transport().fingerprints());
        TransportAttributes transport = offer.transport(0);
        assertEquals(List.of(FINGERPRINT), transport.fingerprints());
        assertTrue(transport.trickle());
        assertTrue(transport.endOfCandidates());
        assertEquals(2, transport.candidates().size());
        assertEquals(
                "candidate:0 1 UDP 2122252543 e6e6a2f5-93e1-4f27-ac6c-2ad0f0a3b6a2.local 58012 typ host",
                transport.candidates().get(0));
        assertEquals(1_073_741_823, application(offer).maxMessageSize().bytes());
    }

    @Test
    void firefoxsBundleOnlySectionUsesTheTransportOfTheTaggedOne() {
        SdpDocument offer = Samples.parse(Samples.FIREFOX_MAX_BUNDLE_OFFER);
        assertEquals(1, offer.applicationIndex());
        assertTrue(application(offer).description().bundleOnly());
        assertFalse(application(offer).isRejected());
        TransportAttributes transport = offer.transport(1);
        assertEquals("0c1a70b2", transport.credentials().ufrag());
        assertEquals(SetupRole.ACTPASS, transport.setup());
        assertEquals(List.of(FINGERPRINT), transport.fingerprints());
        assertEquals(List.of("candidate:0 1 UDP 2122252543 198.51.100.23 58013 typ host"), transport.candidates());
    }

    @Test
    void bundleOnlyOutsideOfAGroupIsRejected() {
        SdpDocument offer = Samples.parse(Samples.FIREFOX_MAX_BUNDLE_OFFER.replace("BUNDLE 0 1", "BUNDLE 0"));
        assertNull(offer.application());
        assertTrue(offer.sections().get(1).isRejected());
    }

    @Test
    void bundleOnlyMeansNothingWithAPort() {
        SdpDocument offer = Samples.parse(Samples.FIREFOX_OFFER.replace("a=end-of-candidates", "a=bundle-only"));
        assertFalse(application(offer).description().bundleOnly());
        assertEquals(58012, application(offer).description().port());
    }

    @Test
    void libdatachannelsOffer() {
        SdpDocument offer = Samples.parse(Samples.LIBDATACHANNEL_OFFER);
        TransportAttributes transport = offer.transport(0);
        assertEquals(List.of(FINGERPRINT), transport.fingerprints());
        assertEquals(List.of("ice2", "trickle"), transport.iceOptions());
        assertTrue(transport.endOfCandidates());
        assertEquals(1, offer.bundleGroups().size());
    }

    @Test
    void pionsAnswer() {
        SdpDocument answer = Samples.parse(Samples.PION_ANSWER);
        assertEquals(1_731_962_400, answer.origin().sessionVersion());
        assertEquals(MaxMessageSize.ABSENT, application(answer).maxMessageSize());
        assertEquals(List.of(FINGERPRINT), answer.transport(0).fingerprints());
        assertEquals(2, answer.transport(0).candidates().size());
        assertFalse(answer.transport(0).trickle());
    }

    @Test
    void aRejectedSectionNeedsNoTransport() {
        SdpDocument answer = SdpDocument.parse("""
                v=0
                o=- 1 1 IN IP6 ::1
                s=a name
                c=IN IP6 2001:db8::1
                t=0 0
                m=application 0 UDP/DTLS/SCTP webrtc-datachannel
                """);
        assertNull(answer.application());
        assertEquals(-1, answer.applicationIndex());
        assertTrue(answer.sections().get(0).isRejected());
        assertNull(answer.sections().get(0).mid());
        assertEquals(
                "IN IP6 2001:db8::1",
                answer.sections().get(0).description().connection().toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application 9 UDP/DTLS/SCTP something-else",
                "application 9 UDP/DTLS/SCTP webrtc-datachannel 5000",
                "application 9 DTLS/SCTP 5000 5001",
                "application 9 UDP/BFCP *",
                "video 9 UDP/DTLS/SCTP webrtc-datachannel",
                "whatever 9/2 X/Y z",
            })
    void whatIsNoDataChannelIsAnotherSection(String mLine) {
        SdpDocument offer = SdpDocument.parse("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\nm=" + mLine);
        assertInstanceOf(OtherSection.class, offer.sections().get(0));
        assertFalse(offer.sections().get(0).isRejected());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "UDP/DTLS/SCTP webrtc-datachannel",
                "TCP/DTLS/SCTP webrtc-datachannel",
                "DTLS/SCTP webrtc-datachannel",
                "DTLS/SCTP 5000",
                "UDP/DTLS/SCTP 5000",
            })
    void everyMixOfTheDraftsIsADataChannel(String protocolAndFormat) {
        SdpDocument offer =
                SdpDocument.parse(Samples.FIREFOX_OFFER.replace("UDP/DTLS/SCTP webrtc-datachannel", protocolAndFormat));
        boolean legacy = protocolAndFormat.endsWith("5000");
        assertEquals(
                legacy ? SdpDialect.LEGACY : SdpDialect.CURRENT,
                application(offer).dialect());
        assertTrue(offer.toString().contains("\r\nm=application 58012 " + protocolAndFormat + "\r\n"));
    }

    @Test
    void anAbsentSctpPortIsTheDefault() {
        SdpDocument offer = SdpDocument.parse(Samples.FIREFOX_OFFER.replace("a=sctp-port:5000\n", ""));
        assertEquals(5000, application(offer).sctpPort());
    }

    @Test
    void sctpPortIsReadAndWritten() {
        SdpDocument offer = SdpDocument.parse(Samples.FIREFOX_OFFER.replace("sctp-port:5000", "sctp-port:65535"));
        assertEquals(65_535, application(offer).sctpPort());
        assertTrue(offer.toString().contains("\r\na=sctp-port:65535\r\n"));
    }

    @Test
    void eachDialectIgnoresTheOthersAttribute() {
        SdpDocument current = SdpDocument.parse(
                Samples.FIREFOX_OFFER.replace("a=sctp-port:5000", "a=sctp-port:5001\na=sctpmap:5000 other 7"));
        assertEquals(5001, application(current).sctpPort());
        assertEquals(0, application(current).sctp().sctpmapStreams());
        SdpDocument legacy = SdpDocument.parse(Samples.CHROMIUM_LEGACY_ANSWER.replace(
                "a=sctpmap:5000", "a=sctp-port:5001\na=sctpmap:7 other 7\na=sctpmap:5000"));
        assertEquals(5000, application(legacy).sctpPort());
        assertEquals(1024, application(legacy).sctp().sctpmapStreams());
    }

    @Test
    void lineEndsMayBeMissingOrBlank() {
        SdpDocument expected = SdpDocument.parse(Samples.FIREFOX_OFFER);
        assertEquals(expected, Samples.parse(Samples.FIREFOX_OFFER));
        assertEquals(expected, Samples.parse(Samples.FIREFOX_OFFER.stripTrailing()));
        assertEquals(expected, Samples.parse(Samples.FIREFOX_OFFER + "\n\n"));
        assertEquals(expected, Samples.parse("\n" + Samples.FIREFOX_OFFER.replace("\n", "\n\n")));
    }

    @Test
    void unknownLinesAndAttributesAreIgnored() {
        String strange = Samples.FIREFOX_OFFER
                .replace("t=0 0\n", "i=about\nk=clear:x\nt=0 0\nr=7d 1h 0 25h\nx=?\na=what:ever\na=candidate:x\n")
                .replace("a=mid:0\n", "a=mid:0\nx=?\ni=about\na=\na=:\na=sctp-unheard-of:AQ==\na=group:BUNDLE 7 7\n");
        assertEquals(SdpDocument.parse(Samples.FIREFOX_OFFER), SdpDocument.parse(strange));
    }

    @Test
    void unsignedNumbersOfTheOrigin() {
        SdpDocument offer =
                SdpDocument.parse(Samples.FIREFOX_OFFER.replace("7750384392923453157 0", "18446744073709551615 9"));
        assertEquals(-1L, offer.origin().sessionId());
        assertTrue(offer.toString().contains("-99.0 18446744073709551615 9 IN IP4 0.0.0.0\r\n"));
        assertTrue(offer.origin().next().toString().contains(" 18446744073709551615 10 "));
    }
}
