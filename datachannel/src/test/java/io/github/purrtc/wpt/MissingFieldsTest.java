package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.SessionDescription;
import io.github.purrtc.SignalingState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 9429 §5.10: sections without a mid. */
@DisplayName("protocol/missing-fields.html")
class MissingFieldsTest {
    private final PeerConnection caller = connection();
    private final PeerConnection callee = connection();

    @AfterEach
    void close() {
        caller.close();
        callee.close();
    }

    private static SessionDescription withoutMid(SessionDescription description) {
        return new SessionDescription(description.type(), description.sdp().replaceAll("a=(mid|group):[^\r]*\r\n", ""));
    }

    private SessionDescription offered() {
        caller.createDataChannel("test");
        SessionDescription offer = get(caller.createOffer());
        get(caller.setLocalDescription(offer));
        return offer;
    }

    @Test
    @DisplayName("Offer description with no mid is accepted")
    void offerWithoutMid() {
        get(callee.setRemoteDescription(withoutMid(offered())));
        get(caller.setRemoteDescription(get(callee.createAnswer())));
        assertEquals(SignalingState.STABLE, caller.signalingState());
    }

    @Test
    @DisplayName("Answer description with no mid is accepted")
    void answerWithoutMid() {
        get(callee.setRemoteDescription(offered()));
        get(caller.setRemoteDescription(withoutMid(get(callee.createAnswer()))));
        assertEquals(SignalingState.STABLE, caller.signalingState());
    }
}
