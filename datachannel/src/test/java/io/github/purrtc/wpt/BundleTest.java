package io.github.purrtc.wpt;

import io.github.purrtc.BundlePolicy;
import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 9143, RFC 9429 §5.3.1: sections that share a transport. */
@DisplayName("protocol/bundle.https.html")
class BundleTest {
    private static final String AUDIO = "m=audio 9 UDP/TLS/RTP/SAVPF 96\r\nc=IN IP4 0.0.0.0\r\na=mid:a1\r\n";
    private static final String VIDEO = "m=video 9 UDP/TLS/RTP/SAVPF 97\r\nc=IN IP4 0.0.0.0\r\na=mid:v1\r\n";
    private static final String TRANSPORT =
            "a=ice-ufrag:ETEn\r\na=ice-pwd:OtSK0WpNtpUjkY4aaaaaaaaa\r\na=setup:actpass\r\na=fingerprint:sha-256 "
                    + "AB:".repeat(31) + "AB\r\n";

    private static PeerConnection maxBundle() {
        return new PeerConnection(Configuration.builder()
                .includeLoopback(true)
                .bundlePolicy(BundlePolicy.MAX_BUNDLE)
                .build());
    }

    /** The m-lines of the answer that the offer gets. */
    private static String[] answered(PeerConnection pc, String sdp) {
        get(pc.setRemoteDescription(offer(sdp)));
        get(pc.setLocalDescription());
        assertEquals(SignalingState.STABLE, pc.signalingState());
        return described(pc.localDescription())
                .sdp()
                .lines()
                .filter(line -> line.startsWith("m="))
                .toArray(String[]::new);
    }

    private static String dataFirst() {
        return generateOffer().sdp().replaceAll("a=group:[^\r]*\r\n", "") + VIDEO + TRANSPORT;
    }

    private static String dataSecond(String group) {
        return generateOffer()
                .sdp()
                .replaceAll("a=group:[^\r]*\r\n", group)
                .replace("m=application", AUDIO + TRANSPORT + "m=application");
    }

    @Test
    @DisplayName("max-bundle with an offer without bundle only negotiates the first m-line")
    void withoutBundle() {
        try (PeerConnection pc = maxBundle()) {
            String[] lines = answered(pc, dataFirst());
            assertTrue(lines[0].startsWith("m=application 9 "), lines[0]);
            assertTrue(lines[1].startsWith("m=video 0 "), lines[1]);
        }
        try (PeerConnection pc = maxBundle()) {
            String[] lines = answered(pc, dataSecond(""));
            assertTrue(lines[0].startsWith("m=audio 0 "), lines[0]);
            assertTrue(lines[1].startsWith("m=application 0 "), lines[1]);
        }
    }

    @Test
    @DisplayName("data behind media in one group is taken with max-bundle, in a section of its own without")
    void withBundle() {
        String mid = generateOffer().sdp().replaceAll("(?s).*a=mid:(\\S+).*", "$1");
        try (PeerConnection pc = maxBundle()) {
            String[] lines = answered(pc, dataSecond("a=group:BUNDLE a1 " + mid + "\r\n"));
            assertTrue(lines[1].startsWith("m=application 9 "), lines[1]);
        }
        try (PeerConnection pc = connection()) {
            String[] lines = answered(pc, dataSecond(""));
            assertTrue(lines[1].startsWith("m=application 9 "), lines[1]);
        }
    }

    @Test
    @DisplayName("sRD(offer) works with no transport attributes in a bundle-only m-section")
    void bundleOnly() {
        String sdp = generateOffer().sdp();
        String mid = sdp.replaceAll("(?s).*a=mid:(\\S+).*", "$1");
        String bare = sdp.replaceAll("a=(ice-ufrag|ice-pwd|setup|fingerprint|tls-id)[^\r]*\r\n", "")
                .replaceAll("a=group:[^\r]*\r\n", "a=group:BUNDLE a1 " + mid + "\r\n")
                .replaceFirst("m=application \\d+", AUDIO + TRANSPORT + "m=application 0")
                .replace("a=mid:" + mid + "\r\n", "a=mid:" + mid + "\r\na=bundle-only\r\n");
        try (PeerConnection pc = connection()) {
            String[] lines = answered(pc, bare);
            assertTrue(lines[1].startsWith("m=application 9 "), lines[1]);
        }
    }
}
