package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.fragment;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §4.4.2, addIceCandidate. */
@DisplayName("RTCPeerConnection-addIceCandidate.html")
class AddIceCandidateTest {
    private static final String CANDIDATE = "candidate:1 1 udp 2113929471 203.0.113.100 10100 typ host";
    private static final String SECOND = "candidate:1 2 udp 2113929470 203.0.113.100 10101 typ host";

    /** An audio and a data section with ICE of their own; the first is rejected in the answer, candidates are noted for it all the same. */
    private static final String SDP = String.join(
            "\r\n",
            "v=0",
            "o=- 4962303333179871722 1 IN IP4 0.0.0.0",
            "s=-",
            "t=0 0",
            "a=ice-options:trickle",
            "m=audio 10100 UDP/TLS/RTP/SAVPF 96",
            "c=IN IP4 203.0.113.100",
            "a=mid:a1",
            "a=ice-ufrag:ETEn",
            "a=ice-pwd:OtSK0WpNtpUjkY4aaaaaaaaa",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "m=application 10102 UDP/DTLS/SCTP webrtc-datachannel",
            "c=IN IP4 203.0.113.100",
            "a=mid:d1",
            "a=ice-ufrag:BGKk",
            "a=ice-pwd:mqyWsAjvtKwTGnvhPztQ9mIf",
            "a=fingerprint:sha-256 " + "AB:".repeat(31) + "AB",
            "a=setup:actpass",
            "a=sctp-port:5000",
            "");

    private final PeerConnection pc = connection();

    @AfterEach
    void close() {
        pc.close();
    }

    private void offered() {
        get(pc.setRemoteDescription(offer(SDP)));
    }

    private void add(String candidate, String mid, Integer index, String fragment) {
        get(pc.addIceCandidate(new IceCandidate(candidate, mid, index, fragment)));
    }

    private ErrorName refused(String candidate, String mid, Integer index, String fragment) {
        return failure(pc.addIceCandidate(new IceCandidate(candidate, mid, index, fragment)));
    }

    private String section(int index) {
        return described(pc.remoteDescription()).sdp().split("m=", -1)[index + 1];
    }

    @Test
    @DisplayName("Add ICE candidate before setting remote description should reject with InvalidStateError")
    void beforeTheOffer() {
        assertEquals(ErrorName.INVALID_STATE_ERROR, refused(CANDIDATE, "a1", 0, "ETEn"));
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.addIceCandidate(null)));
    }

    @Test
    @DisplayName("addIceCandidate after close should reject with InvalidStateError")
    void afterClose() {
        offered();
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, refused(CANDIDATE, "a1", 0, "ETEn"));
    }

    @Test
    @DisplayName("Add ICE candidate after setting remote description should succeed")
    void valid() {
        offered();
        add(CANDIDATE, "a1", 0, "ETEn");
    }

    @Test
    @DisplayName("Add candidate with only valid sdpMid should succeed")
    void midAlone() {
        offered();
        add(CANDIDATE, "a1", null, null);
    }

    @Test
    @DisplayName("Add candidate with only valid sdpMLineIndex should succeed")
    void indexAlone() {
        offered();
        add(CANDIDATE, null, 0, null);
    }

    @Test
    @DisplayName("addIceCandidate with first sdpMid and sdpMLineIndex add candidate to first media stream")
    void firstSection() {
        offered();
        add(CANDIDATE, "a1", 0, "ETEn");
        assertTrue(section(0).contains("a=" + CANDIDATE), section(0));
        assertFalse(section(1).contains("a=" + CANDIDATE), section(1));
    }

    @Test
    @DisplayName("addIceCandidate with second sdpMid and sdpMLineIndex should add candidate to second media stream")
    void secondSection() {
        offered();
        add(SECOND, "d1", 1, "BGKk");
        assertTrue(section(1).contains("a=" + SECOND), section(1));
    }

    @Test
    @DisplayName(
            "Add candidate for first media stream with null usernameFragment should add candidate to first media stream")
    void noFragment() {
        offered();
        add(CANDIDATE, "a1", 0, null);
        assertTrue(section(0).contains("a=" + CANDIDATE), section(0));
    }

    @Test
    @DisplayName("Adding multiple candidates should add candidates to their corresponding media stream")
    void several() {
        offered();
        add(CANDIDATE, "a1", 0, "ETEn");
        add(SECOND, "d1", 1, "BGKk");
        assertTrue(section(0).contains("a=" + CANDIDATE), section(0));
        assertTrue(section(1).contains("a=" + SECOND), section(1));
    }

    @Test
    @DisplayName("Add with empty candidate string (end of candidate) should succeed")
    void end() {
        offered();
        add(CANDIDATE, "a1", 0, "ETEn");
        add("", "a1", 0, "ETEn");
        assertTrue(section(0).contains("a=end-of-candidates"), section(0));
        assertFalse(section(1).contains("a=end-of-candidates"), section(1));
    }

    private void requireEnd(boolean first, boolean second) {
        assertEquals(first, section(0).contains("a=end-of-candidates"), section(0));
        assertEquals(second, section(1).contains("a=end-of-candidates"), section(1));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "addIceCandidate(undefined) should work, and add a=end-of-candidates to both m-sections",
                "addIceCandidate(null) should work, and add a=end-of-candidates to both m-sections"
            })
    void nullIsTheEnd(String name) {
        offered();
        get(pc.addIceCandidate(null));
        requireEnd(true, true);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "addIceCandidate({\"candidate\":\"\",\"sdpMid\":null,\"sdpMLineIndex\":null}) should work, and add a=end-of-candidates to both m-sections",
                "addIceCandidate({}) should work, and add a=end-of-candidates to both m-sections"
            })
    void nothingIsTheEnd(String name) {
        offered();
        add("", null, null, null);
        requireEnd(true, true);
    }

    @Test
    @DisplayName("addIceCandidate({}) in stable should work, and add a=end-of-candidates to both m-sections")
    void endInStable() {
        offered();
        get(pc.setLocalDescription());
        add("", null, null, null);
        requireEnd(true, true);
    }

    @Test
    @DisplayName(
            "addIceCandidate({usernameFragment: usernameFragment1, sdpMid: sdpMid1}) should work, and add a=end-of-candidates to the first m-section")
    void endOfTheFirst() {
        offered();
        add("", "a1", null, "ETEn");
        requireEnd(true, false);
    }

    @Test
    @DisplayName(
            "addIceCandidate({usernameFragment: usernameFragment2, sdpMLineIndex: 1}) should work, and add a=end-of-candidates to the first m-section")
    void endOfTheSecond() {
        offered();
        add("", null, 1, "BGKk");
        requireEnd(false, true);
    }

    @Test
    @DisplayName("addIceCandidate({usernameFragment: \"no such ufrag\"}) should not work")
    void endOfNobody() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused("", null, null, "no such ufrag"));
        requireEnd(false, false);
    }

    @Test
    @DisplayName("Add candidate with only valid candidate string should reject with TypeError")
    void candidateAlone() {
        offered();
        assertEquals(ErrorName.TYPE_ERROR, refused(CANDIDATE, null, null, null));
    }

    @Test
    @DisplayName("Add candidate with both sdpMid and sdpMLineIndex manually set to null should reject with TypeError")
    void nowhere() {
        offered();
        assertEquals(ErrorName.TYPE_ERROR, refused(CANDIDATE, null, null, null));
    }

    @Test
    @DisplayName(
            "Add candidate with invalid candidate string and both sdpMid and sdpMLineIndex null should reject with TypeError")
    void invalidNowhere() {
        offered();
        assertEquals(ErrorName.TYPE_ERROR, refused("(Invalid) candidate \r\n string", null, null, null));
    }

    @Test
    @DisplayName("Add candidate with invalid sdpMid should reject with OperationError")
    void unknownMid() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused(CANDIDATE, "invalid", 0, "ETEn"));
    }

    @Test
    @DisplayName("Add candidate with invalid sdpMLineIndex should reject with OperationError")
    void unknownIndex() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused(CANDIDATE, null, 2, "ETEn"));
    }

    @Test
    @DisplayName("Invalid sdpMLineIndex should be ignored if valid sdpMid is provided")
    void midOverIndex() {
        offered();
        add(CANDIDATE, "a1", 2, "ETEn");
        assertTrue(section(0).contains("a=" + CANDIDATE), section(0));
    }

    @Test
    @DisplayName("Add candidate for media stream 2 with null usernameFragment should succeed")
    void secondWithoutFragment() {
        offered();
        add(SECOND, "d1", 1, null);
        assertTrue(section(1).contains("a=" + SECOND), section(1));
    }

    @Test
    @DisplayName("Add candidate with invalid usernameFragment should reject with OperationError")
    void unknownFragment() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused(CANDIDATE, "a1", 0, "invalid"));
    }

    @Test
    @DisplayName("Add candidate with sdpMid belonging to different usernameFragment should reject with OperationError")
    void fragmentOfTheOtherSection() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused(CANDIDATE, "d1", 1, "ETEn"));
    }

    @Test
    @DisplayName("Add candidate with invalid candidate string should reject with OperationError")
    void notACandidate() {
        offered();
        assertEquals(ErrorName.OPERATION_ERROR, refused("(Invalid) candidate \r\n string", "a1", 0, "ETEn"));
    }

    @Test
    @DisplayName("Added candidate should be accepted by a later remote description of the same generation")
    void candidatesOfTheCurrentDescription() {
        offered();
        get(pc.setLocalDescription());
        add(SECOND, "d1", 1, "BGKk");
        assertTrue(described(pc.currentRemoteDescription()).sdp().contains("a=" + SECOND));
    }

    @Test
    @DisplayName("Add tcp candidate")
    void tcp() {
        offered();
        add("candidate:2 1 tcp 2105458943 203.0.113.100 9 typ host tcptype active", "d1", 1, null);
    }
}
