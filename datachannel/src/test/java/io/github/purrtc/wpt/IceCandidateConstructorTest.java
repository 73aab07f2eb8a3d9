package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.IceCandidate;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.Candidate;
import io.github.purrtc.ice.CandidateType;
import io.github.purrtc.ice.IceProtocol;
import io.github.purrtc.ice.TcpType;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §4.8.1: what a candidate's text says; where it belongs is looked at when it is added. */
@DisplayName("RTCIceCandidate-constructor.html")
class IceCandidateConstructorTest {
    private static final String CANDIDATE =
            "candidate:1905690388 1 udp 2113937151 192.168.0.1 58041 typ host generation 0 ufrag thC8 network-cost 50";
    private static final String REFLEXIVE =
            "candidate:435653019 2 udp 1845501695 192.168.0.1 10001 typ srflx raddr 192.168.0.2 rport 10002 ufrag test";
    private static final String TCP =
            "candidate:3576670020 2 tcp 1518214911 192.168.0.1 10001 typ host tcptype active ufrag test";

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with valid candidate string only")
    void nowhere() {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    ErrorName.TYPE_ERROR, failure(pc.addIceCandidate(new IceCandidate(CANDIDATE, null, null, null))));
        }
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "new RTCIceCandidate({ sdpMid: 'audio' }) | audio | null",
                "new RTCIceCandidate({ sdpMLineIndex: 0 }) | null | 0",
                "new RTCIceCandidate({ sdpMid: 'audio', sdpMLineIndex: 0 }) | audio | 0",
                "new RTCIceCandidate({ candidate: '', sdpMid: 'audio' } | audio | null",
                "new RTCIceCandidate({ candidate: '', sdpMLineIndex: 0 } | null | 0"
            })
    void end(String name, String mid, Integer index) {
        IceCandidate candidate = new IceCandidate("", mid, index, null);
        assertEquals(mid, candidate.sdpMid());
        assertEquals(index, candidate.sdpMLineIndex());
        assertNull(candidate.usernameFragment());
        assertNull(candidate.parsed());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with valid candidate string and sdpMid")
    void valid() {
        IceCandidate candidate = new IceCandidate(CANDIDATE, "audio", null, null);
        assertEquals(CANDIDATE, candidate.candidate());
        Candidate parsed = candidate.parsed();
        assertNotNull(parsed);
        assertEquals("1905690388", parsed.foundation());
        assertEquals(1, parsed.component());
        assertEquals(IceProtocol.UDP, parsed.protocol());
        assertEquals(2113937151, parsed.priority());
        assertEquals("192.168.0.1", parsed.address());
        assertEquals(58041, parsed.port());
        assertEquals(CandidateType.HOST, parsed.type());
        assertNull(parsed.relatedAddress());
        assertNull(parsed.tcpType());
        assertEquals("thC8", parsed.usernameFragment());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with invalid candidate string and sdpMid")
    void invalidText() {
        IceCandidate candidate = new IceCandidate("candidate:nonsense", "audio", null, null);
        assertEquals("candidate:nonsense", candidate.candidate());
        assertNull(candidate.parsed());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with nondefault values for all fields")
    void allFields() {
        IceCandidate candidate = new IceCandidate(REFLEXIVE, "video", 1, "test");
        assertEquals("video", candidate.sdpMid());
        assertEquals(1, candidate.sdpMLineIndex());
        assertEquals("test", candidate.usernameFragment());
        Candidate parsed = candidate.parsed();
        assertNotNull(parsed);
        assertEquals(2, parsed.component());
        assertEquals(CandidateType.SERVER_REFLEXIVE, parsed.type());
        assertEquals("192.168.0.2", parsed.relatedAddress());
        assertEquals(10002, parsed.relatedPort());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with nondefault values for all fields, tcp candidate")
    void tcp() {
        Candidate parsed = new IceCandidate(TCP, "video", 1, "test").parsed();
        assertNotNull(parsed);
        assertEquals(IceProtocol.TCP, parsed.protocol());
        assertEquals(TcpType.ACTIVE, parsed.tcpType());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with invalid sdpMid")
    void anyMid() {
        assertEquals("invalid", new IceCandidate("", "invalid", null, null).sdpMid());
    }

    @Test
    @DisplayName("new RTCIceCandidate({ ... }) with invalid sdpMLineIndex")
    void anyIndex() {
        assertEquals(65_535, new IceCandidate("", null, 65_535, null).sdpMLineIndex());
    }
}
