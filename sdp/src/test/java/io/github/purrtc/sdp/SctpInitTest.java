package io.github.purrtc.sdp;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class SctpInitTest {
    /** The example of draft-hancke-tsvwg-snap §4.1, and its bytes. */
    private static final String BASE64 = "AQAAHols3R0AUAAA/////+B5ZR3AAAAEgAgABoLA";

    private static final byte[] CHUNK =
            HexFormat.of().parseHex("0100001e896cdd1d00500000ffffffffe079651dc000000480080006" + "82c0");

    private static final String OFFER = Samples.LIBDATACHANNEL_OFFER;

    private static SctpInit initIn(String offer) {
        ApplicationSection section = SdpDocument.parse(offer).application();
        assertNotNull(section);
        return section.sctp().init();
    }

    private static String offerWith(String... lines) {
        return OFFER + String.join("\n", lines) + "\n";
    }

    @Test
    void theExampleOfTheDraft() {
        SctpInit init = initIn(offerWith("a=sctp-init:" + BASE64));
        assertNotNull(init);
        assertArrayEquals(CHUNK, init.chunk());
        assertEquals(SctpInit.of(CHUNK), init);
        String again = SdpDocument.parse(offerWith("a=sctp-init:" + BASE64)).toString();
        assertTrue(again.contains("\r\na=sctp-init:" + BASE64 + "\r\n"), again);
    }

    @Test
    void withoutTheAttributeThereIsNone() {
        assertNull(initIn(OFFER));
        assertFalse(SdpDocument.parse(OFFER).toString().contains("sctp-init"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "A",
                "AQ",
                "AQA",
                "AQAA=",
                "AQ=A",
                "====",
                "AQA!",
                "AQAA AQAA",
                "AQAA\u00e9AAA",
                "AQ-_",
                "AQAAHols3R0AUAAA/////+B5ZR3AAAAEgAgABoL",
            })
    void whatIsNoBase64IsKeptForWhoIgnoresItAndRefusedForWhoDoesNot(String value) {
        SctpInit init = initIn(offerWith("a=sctp-init:" + value));
        assertNotNull(init);
        assertEquals(value, init.base64());
        assertThrows(IllegalArgumentException.class, init::chunk);
    }

    @Test
    void theLengthIsBounded() {
        assertEquals(
                SctpInit.MAX_LENGTH, SctpInit.of(new byte[SctpInit.MAX_LENGTH]).chunk().length);
        assertThrows(IllegalArgumentException.class, () -> SctpInit.of(new byte[SctpInit.MAX_LENGTH + 1]));
        SctpInit longer = initIn(offerWith("a=sctp-init:" + "AAAA".repeat(684)));
        assertNotNull(longer);
        assertThrows(IllegalArgumentException.class, longer::chunk);
        assertEquals(0, SctpInit.of(new byte[0]).chunk().length);
    }

    @Test
    void twoAreOneTooMany() {
        String two = offerWith("a=sctp-init:" + BASE64, "a=sctp-init:" + BASE64);
        SdpException refused = assertThrows(SdpException.class, () -> SdpDocument.parse(two));
        assertEquals(SdpException.Kind.CONTENT, refused.kind());
    }

    @Test
    void theOlderDialectHasNone() {
        SctpAttributes sctp = new SctpAttributes(5000, 7, MaxMessageSize.ABSENT).withInit(SctpInit.of(CHUNK));
        TransportAttributes transport = TransportAttributes.trickling(
                new IceCredentials("aaaa", "aaaaaaaaaaaaaaaaaaaaaa"),
                SetupRole.ACTPASS,
                List.of(new Fingerprint("sha-256", Samples.FINGERPRINT)),
                null);
        Origin origin = Origin.purrtc(1);
        SdpDocument legacy = SdpDocument.offer(origin, SdpDialect.LEGACY, "0", sctp, transport);
        assertFalse(legacy.toString().contains("sctp-init"), legacy.toString());
        assertFalse(legacy.answer(origin, sctp, transport).toString().contains("sctp-init"));
        assertNull(initIn(legacy + "a=sctp-init:" + BASE64 + "\r\n"));

        SdpDocument current = SdpDocument.offer(origin, SdpDialect.CURRENT, "0", sctp, transport);
        assertTrue(current.toString().contains("a=sctp-init:" + BASE64));
        assertTrue(current.answer(origin, sctp, transport).toString().contains("a=sctp-init:" + BASE64));
        ApplicationSection section = current.application();
        assertNotNull(section);
        assertNull(section.withInit(null).sctp().init());
        assertNull(section.rejected().sctp().init());
    }

    @Test
    void mediaSectionsHaveNone() {
        // A -> audio, video, data -> Z: the attribute stands in the audio section, where it means nothing.
        String offer = Samples.CHROMIUM_OFFER.replaceFirst("a=sendrecv\n", "a=sendrecv\na=sctp-init:" + BASE64 + "\n");
        assertTrue(offer.contains("sctp-init"));
        assertNull(initIn(offer));
    }
}
