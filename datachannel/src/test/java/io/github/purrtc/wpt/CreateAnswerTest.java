package io.github.purrtc.wpt;

import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SdpType;
import io.github.purrtc.SessionDescription;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.failure;
import static io.github.purrtc.wpt.Wpt.generateOffer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.offer;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §4.4.2, createAnswer. */
@DisplayName("RTCPeerConnection-createAnswer.html")
class CreateAnswerTest {
    @Test
    @DisplayName("createAnswer() with null remoteDescription should reject with InvalidStateError")
    void noOffer() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createAnswer()));
        }
    }

    @Test
    @DisplayName("createAnswer() after setting remote description should succeed")
    void afterOffer() {
        SessionDescription offer = generateOffer();
        try (PeerConnection pc = connection()) {
            get(pc.setRemoteDescription(offer));
            SessionDescription answer = get(pc.createAnswer());
            assertEquals(SdpType.ANSWER, answer.type());
        }
    }

    @Test
    @DisplayName("createAnswer() when connection is closed should reject with InvalidStateError")
    void closed() {
        SessionDescription offer = generateOffer();
        PeerConnection pc = connection();
        get(pc.setRemoteDescription(offer));
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, failure(pc.createAnswer()));
    }
}
