package io.github.purrtc.sdp;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The small types, and that none of them can be made to hold what would break a line. */
class ValuesTest {
    private static final String PWD = "0123456789012345678901";
    private static final SctpAttributes SCTP = new SctpAttributes(5000, 0, MaxMessageSize.ABSENT);

    private static final TransportAttributes TRANSPORT = TransportAttributes.trickling(
            new IceCredentials("abcd", PWD), SetupRole.ACTPASS, List.of(new Fingerprint("sha-256", "AA")), null);

    private static final SdpDocument OFFER =
            SdpDocument.offer(Origin.purrtc(1), SdpDialect.CURRENT, "0", SCTP, TRANSPORT);

    @ParameterizedTest
    @CsvSource({
        "0, 9223372036854775807",
        "000, 9223372036854775807",
        "1, 1",
        "00065536, 65536",
        "999999999999999999, 999999999999999999",
        "9223372036854775806, 9223372036854775806",
        "9223372036854775807, 9223372036854775807",
        "9223372036854775808, 9223372036854775807",
        "18446744073709551616, 9223372036854775807",
        "9999999999999999999, 9223372036854775807",
        "123456789012345678901234567890, 9223372036854775807",
    })
    void maxMessageSizes(String digits, long bytes) {
        assertEquals(bytes, SctpAttributes.parseMaxMessageSize(digits).bytes());
        assertEquals(
                digits.replace("0", "").isEmpty(),
                SctpAttributes.parseMaxMessageSize(digits).equals(MaxMessageSize.UNLIMITED));
    }

    @Test
    void anAbsentMaxMessageSizeIsNotALimitOfTheSameSize() {
        assertEquals(65_536, MaxMessageSize.ABSENT.bytes());
        assertTrue(!MaxMessageSize.ABSENT.equals(MaxMessageSize.of(65_536)));
        assertThrows(IllegalArgumentException.class, () -> MaxMessageSize.of(0));
    }

    @Test
    void fingerprintsAreEqualInAnyCase() {
        Fingerprint fingerprint = new Fingerprint("SHA-256", "0a:bC:ff");
        assertEquals(new Fingerprint("sha-256", "0A:BC:FF"), fingerprint);
        assertArrayEquals(new byte[] {0x0A, (byte) 0xBC, (byte) 0xFF}, fingerprint.digest());
        assertEquals(fingerprint, Fingerprint.of("sha-256", fingerprint.digest()));
        assertEquals("sha-256 0A:BC:FF", fingerprint.toString());
        assertThrows(IllegalArgumentException.class, () -> Fingerprint.of("sha-256", new byte[0]));
    }

    @Test
    void missingCredentialsAreNamed() {
        assertEquals("abcd", TRANSPORT.credentials().ufrag());
        assertThrows(IllegalStateException.class, TransportAttributes.NONE::credentials);
    }

    @ParameterizedTest
    @ValueSource(strings = {"\r\na=x", "\n", "\r", "\0"})
    void nothingThatEndsALineGetsIntoADescription(String end) {
        List<Executable> misuses = List.of(
                () -> new Origin("me" + end, 1, 1, NetworkAddress.LOOPBACK),
                () -> new NetworkAddress("IN" + end, "IP4", "::"),
                () -> new NetworkAddress("IN", "IP4" + end, "::"),
                () -> new NetworkAddress("IN", "IP4", "::" + end),
                () -> new BundleGroup(List.of("0" + end)),
                () -> new IceCredentials("abcd" + end, PWD),
                () -> new IceCredentials("abcd", PWD + end),
                () -> new Fingerprint("sha-256" + end, "AA"),
                () -> new Fingerprint("sha-256", "AA" + end),
                () -> OFFER.withCandidate(0, "candidate:1" + end),
                () -> SdpDocument.offer(Origin.purrtc(1), SdpDialect.CURRENT, "0" + end, SCTP, TRANSPORT),
                () -> describe("audio" + end, "X", "Y", null),
                () -> describe("audio", "X" + end, "Y", null),
                () -> describe("audio", "X", "Y" + end, null),
                () -> describe("audio", "X", "Y", "0" + end),
                () -> TransportAttributes.trickling(
                        new IceCredentials("abcd", PWD), SetupRole.ACTIVE, List.of(), "01234567890123456789" + end),
                () -> new TransportAttributes(
                        null, List.of("ice2" + end), false, null, List.of(), null, List.of(), false));
        misuses.forEach(misuse -> assertThrows(IllegalArgumentException.class, misuse));
    }

    @Test
    void misuseIsRefused() {
        MediaDescription audio = describe("audio", "UDP/TLS/RTP/SAVPF", "0", null);
        MediaDescription data = OFFER.sections().get(0).description();
        MediaDescription legacy = describe("application", "DTLS/SCTP", "5000", null);
        List<Executable> misuses = List.of(
                () -> OFFER.withCandidate(0, "a=candidate:1"),
                () -> new SctpAttributes(0, 0, MaxMessageSize.ABSENT),
                () -> new SctpAttributes(65_536, 0, MaxMessageSize.ABSENT),
                () -> new SctpAttributes(5000, -1, MaxMessageSize.ABSENT),
                () -> new OtherSection(data),
                () -> new ApplicationSection(audio, SCTP),
                () -> new ApplicationSection(data, new SctpAttributes(5000, 7, MaxMessageSize.ABSENT)),
                () -> new ApplicationSection(legacy, new SctpAttributes(5001, 7, MaxMessageSize.ABSENT)),
                () -> new ApplicationSection(
                        legacy, new SctpAttributes(5000, 7, MaxMessageSize.ABSENT).withInit(new SctpInit(""))),
                () -> new SctpInit("two\r\nlines"),
                () -> new MediaDescription(
                        "audio",
                        9,
                        "X",
                        List.of("Y"),
                        true,
                        NetworkAddress.UNSPECIFIED,
                        null,
                        Direction.SENDRECV,
                        TRANSPORT),
                () -> new MediaDescription(
                        "audio",
                        65_536,
                        "X",
                        List.of("Y"),
                        false,
                        NetworkAddress.UNSPECIFIED,
                        null,
                        Direction.SENDRECV,
                        TRANSPORT),
                () -> new MediaDescription(
                        "audio",
                        9,
                        "X",
                        List.of(),
                        false,
                        NetworkAddress.UNSPECIFIED,
                        null,
                        Direction.SENDRECV,
                        TRANSPORT),
                () -> new SdpDocument(
                        OFFER.origin(), TransportAttributes.NONE.withCandidate("candidate:1"), List.of(), List.of()),
                () -> new SdpDocument(
                        OFFER.origin(),
                        TransportAttributes.NONE,
                        List.of(),
                        Collections.nCopies(101, new OtherSection(audio))),
                () -> new SdpDocument(
                        OFFER.origin(),
                        TransportAttributes.NONE,
                        List.of(new BundleGroup(List.of("0")), new BundleGroup(List.of("0"))),
                        List.of()),
                () -> new SdpDocument(
                        OFFER.origin(),
                        TransportAttributes.NONE,
                        List.of(),
                        List.of(OFFER.sections().get(0), OFFER.sections().get(0))));
        misuses.forEach(misuse -> assertThrows(IllegalArgumentException.class, misuse));
    }

    @Test
    void listsAreCopied() {
        List<String> mids = new ArrayList<>(List.of("0"));
        BundleGroup group = new BundleGroup(mids);
        mids.add("1");
        assertEquals(List.of("0"), group.mids());
        assertThrows(UnsupportedOperationException.class, () -> OFFER.sections().clear());
    }

    private static MediaDescription describe(String media, String protocol, String format, @Nullable String mid) {
        return new MediaDescription(
                media,
                9,
                protocol,
                List.of(format),
                false,
                NetworkAddress.UNSPECIFIED,
                mid,
                Direction.SENDRECV,
                TransportAttributes.NONE);
    }
}
