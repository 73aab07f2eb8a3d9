package io.github.purrtc.sdp;

import io.github.purrtc.sdp.SdpException.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What cannot be used is refused, with the number of its line. */
class MalformedTest {
    private static final String LEGACY = Samples.CHROMIUM_LEGACY_ANSWER;
    private static final String CURRENT = Samples.FIREFOX_OFFER;

    private static SdpException refused(String text) {
        SdpException e = assertThrows(SdpException.class, () -> SdpDocument.parse(text));
        assertTrue(String.valueOf(e.getMessage()).startsWith("line " + e.lineNumber() + ": "), e.getMessage());
        return e;
    }

    private static int lineOf(String text, String line) {
        int index = text.lines().toList().indexOf(line);
        assertTrue(index >= 0, line);
        return index + 1;
    }

    private static void refusesLine(Kind kind, String text, String before, String after) {
        SdpException e = refused(text.replace(before + "\n", after + "\n"));
        assertEquals(lineOf(text, before), e.lineNumber(), e.getMessage());
        assertEquals(kind, e.kind(), e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            v=0                              | v=1
            v=0                              | o=- 1 1 IN IP4 0.0.0.0
            v=0                              | vv
            s=-                              | t=0 0
            s=-                              | o=- 1 1 IN IP4 0.0.0.0
            a=sendrecv                       | v=0
            a=sendrecv                       | c=IN IP4
            a=sendrecv                       | c=IN IP4 1 2
            a=sendrecv                       | =x
            a=sendrecv                       | A=x
            a=sendrecv                       | a
            a=sendrecv                       | a sendrecv
            a=msid-semantic:WMS *            | a=fingerprint:sha-256
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 A
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 AA:
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 AA:B
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 AA.BB
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 AA:GG
            a=msid-semantic:WMS *            | a=fingerprint:sha/256 AA
            a=msid-semantic:WMS *            | a=fingerprint:sha-256 AA BB
            a=msid-semantic:WMS *            | a=setup:holdconn
            a=msid-semantic:WMS *            | a=setup:
            a=msid-semantic:WMS *            | a=setup
            a=msid-semantic:WMS *            | a=tls-id:tooshort
            a=msid-semantic:WMS *            | a=tls-id:0123456789012345678=
            a=setup:actpass                  | a=setup:act pass
            a=mid:0                          | a=mid:
            a=mid:0                          | a=mid
            a=mid:0                          | a=mid:a b
            a=mid:0                          | a=mid:a/b
            a=sctp-port:5000                 | a=sctp-port:0
            a=sctp-port:5000                 | a=sctp-port:65536
            a=sctp-port:5000                 | a=sctp-port:-1
            a=sctp-port:5000                 | a=sctp-port:+1
            a=sctp-port:5000                 | a=sctp-port:
            a=sctp-port:5000                 | a=sctp-port:99999999999999999999999
            a=max-message-size:1073741823    | a=max-message-size:
            a=max-message-size:1073741823    | a=max-message-size:-1
            a=max-message-size:1073741823    | a=max-message-size:1.5
            """)
    void wrongGrammarInTodaysDialect(String before, String after) {
        refusesLine(Kind.SYNTAX, CURRENT, before, after);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "o=",
                "o=- 1 1 IN IP4",
                "o=- 1 1 IN IP4 a b",
                "o=- x 1 IN IP4 0.0.0.0",
                "o=- 1 -1 IN IP4 0.0.0.0",
                "o=- 18446744073709551616 1 IN IP4 0.0.0.0",
                "o=- 1 1 I(N IP4 0.0.0.0",
                "o=\t 1 1 IN IP4 0.0.0.0",
            })
    void wrongOrigin(String origin) {
        refusesLine(
                Kind.SYNTAX, CURRENT, "o=mozilla...THIS_IS_SDPARTA-99.0 7750384392923453157 0 IN IP4 0.0.0.0", origin);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "m=",
                "m=application",
                "m=application 9 DTLS/SCTP",
                "m=application  DTLS/SCTP 5000",
                "m=application 65536 DTLS/SCTP 5000",
                "m=application x DTLS/SCTP 5000",
                "m=application 9/ DTLS/SCTP 5000",
                "m=application 9/0 DTLS/SCTP 5000",
                "m=application /9 DTLS/SCTP 5000",
                "m=application 9 DTLS/SCTP 0",
                "m=application 9 DTLS/SCTP 65536",
                "m=appl/ication 9 DTLS/SCTP 5000",
            })
    void wrongMLine(String mLine) {
        refusesLine(Kind.SYNTAX, LEGACY, "m=application 9 DTLS/SCTP 5000", mLine);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a=sctpmap:",
                "a=sctpmap:5000",
                "a=sctpmap:x webrtc-datachannel 1024",
                "a=sctpmap:5000 webrtc-datachannel x",
                "a=sctpmap:5000 webrtc-datachannel 0",
                "a=sctpmap:5000 webrtc-datachannel 65536",
            })
    void wrongSctpmap(String sctpmap) {
        refusesLine(Kind.SYNTAX, LEGACY, "a=sctpmap:5000 webrtc-datachannel 1024", sctpmap);
    }

    @Test
    void contentThatIsNotAllowed() {
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-ufrag:Vq0T", "a=ice-ufrag:Vq0");
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-ufrag:Vq0T", "a=ice-ufrag:Vq0-");
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-ufrag:Vq0T", "a=ice-ufrag:" + "x".repeat(257));
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-pwd:UpbWLGaVTyFBTYiNkD9zNfJM", "a=ice-pwd:" + "x".repeat(21));
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-pwd:UpbWLGaVTyFBTYiNkD9zNfJM", "a=ice-pwd:" + "ä".repeat(22));
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-pwd:UpbWLGaVTyFBTYiNkD9zNfJM", "a=ice-pwd:" + "x".repeat(257));
        refusesLine(Kind.CONTENT, LEGACY, "a=ice-options:trickle", "a=ice-ufrag:Vq0T");
        refusesLine(Kind.CONTENT, LEGACY, "a=sctpmap:5000 webrtc-datachannel 1024", "a=sctpmap:5000 other 1024");
        refusesLine(Kind.CONTENT, LEGACY, "a=group:BUNDLE rawrtc-sctp-dc", "a=group:BUNDLE a b a");
        refusesLine(Kind.CONTENT, Samples.CHROMIUM_OFFER, "a=mid:1", "a=mid:0");
        refusesLine(
                Kind.CONTENT,
                Samples.CHROMIUM_OFFER.replace("a=extmap-allow-mixed", "a=group:BUNDLE 3"),
                "a=group:BUNDLE 3",
                "a=group:BUNDLE 2");
    }

    @Test
    void aSectionThatLacksSomethingIsNamedByItsMLine() {
        String mLine = "m=application 9 DTLS/SCTP 5000";
        int line = lineOf(LEGACY, mLine);
        assertEquals(
                line, refused(LEGACY.replaceAll("a=ice-(ufrag|pwd).*\n", "")).lineNumber());
        assertEquals(line, refused(LEGACY.replaceAll("a=fingerprint.*\n", "")).lineNumber());
        assertEquals(line, refused(LEGACY.replaceAll("a=ice-ufrag.*\n", "")).lineNumber());
        assertEquals(line, refused(LEGACY.replaceAll("a=ice-pwd.*\n", "")).lineNumber());
        assertEquals(
                Kind.CONTENT,
                refused(LEGACY.replaceAll("a=fingerprint.*\n", "")).kind());
        String other = "m=application 9 UDP/DTLS/SCTP webrtc-datachannel";
        String bare = Samples.CHROMIUM_OFFER.substring(0, Samples.CHROMIUM_OFFER.indexOf(other)) + other;
        assertEquals(lineOf(Samples.CHROMIUM_OFFER, other), refused(bare).lineNumber());
    }

    @Test
    void aDescriptionHasItsFirstLinesAndATime() {
        assertEquals(1, refused("").lineNumber());
        assertEquals(1, refused("v=0").lineNumber());
        assertEquals(2, refused("v=0\no=- 1 1 IN IP4 0.0.0.0").lineNumber());
        assertEquals(3, refused("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-").lineNumber());
        assertEquals(
                4,
                refused(CURRENT.replace("t=0 0\n", "").replaceAll("(?m)^a=.*\n", ""))
                        .lineNumber());
        assertDoesNotThrow(() -> SdpDocument.parse("v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0"));
    }

    @Test
    void controlCharactersEndNoLine() {
        assertEquals(
                10,
                refused(CURRENT.replace("a=msid", "a=x\rb\na=msid").replace("v=0\n", "v=0\n\n"))
                        .lineNumber());
        refusesLine(Kind.SYNTAX, CURRENT, "a=mid:0", "a=x\0");
        refusesLine(Kind.SYNTAX, CURRENT, "a=mid:0", "a=ice-options:a\tb");
        refusesLine(Kind.SYNTAX, CURRENT, "a=mid:0", "a=mid:0\r\r");
    }

    @Test
    void whatIsTooMuchIsRefused() {
        String start = "v=0\no=- 1 1 IN IP4 0.0.0.0\ns=-\nt=0 0\n";
        int room = SdpDocument.MAX_CHARACTERS - start.length() - 2;
        assertDoesNotThrow(() -> SdpDocument.parse(start + "a=" + "x".repeat(room)));
        assertEquals(1, refused(start + "a=" + "x".repeat(room + 1)).lineNumber());

        assertDoesNotThrow(() -> SdpDocument.parse(start + "x=\n".repeat(SdpDocument.MAX_LINES - 4)));
        assertEquals(
                10_001,
                refused(start + "x=\n".repeat(SdpDocument.MAX_LINES - 3)).lineNumber());
        assertEquals(10_001, refused("\n".repeat(60_000) + start).lineNumber());

        String mLine = "m=a 0 b c\n";
        assertDoesNotThrow(() -> SdpDocument.parse(start + mLine.repeat(SdpDocument.MAX_SECTIONS)));
        assertEquals(
                105, refused(start + mLine.repeat(SdpDocument.MAX_SECTIONS + 1)).lineNumber());

        StringBuilder tags = new StringBuilder();
        for (int i = 0; i < SdpDocument.MAX_SECTIONS; i++) {
            tags.append(' ').append(i);
        }
        assertDoesNotThrow(() -> SdpDocument.parse(start + "a=group:BUNDLE" + tags));
        assertEquals(5, refused(start + "a=group:BUNDLE" + tags + " more").lineNumber());
        assertEquals(
                105,
                refused(start + "a=group:BUNDLE\n".repeat(SdpDocument.MAX_SECTIONS + 1))
                        .lineNumber());
    }

    @Test
    void messagesShowLittleOfAHostileValue() {
        SdpException e = refused("v=0\n" + "\u0001".repeat(60_000));
        assertTrue(String.valueOf(e.getMessage()).length() < 120);
        assertTrue(e.getMessage().chars().noneMatch(c -> c < ' '));
    }
}
