package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcSctpTransport;
import io.github.purrtc.SctpTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.OptionalInt;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.1.1: the association as an object. */
@DisplayName("RTCSctpTransport-constructor.html")
class SctpTransportTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "setRemoteDescription() with answer not containing data media should not initialize pc.sctp",
                "setLocalDescription() with answer not containing data media should not initialize pc.sctp"
            })
    void withoutData(String name) {
        exchangeOfferAnswer(a, z);
        assertNull(a.sctp());
        assertNull(z.sctp());
    }

    @Test
    @DisplayName("setRemoteDescription() with answer containing data media should initialize pc.sctp")
    void remoteAnswer() {
        a.createDataChannel("test");
        assertNull(a.sctp());
        exchangeOfferAnswer(a, z);
        RtcSctpTransport sctp = sctpOf(a);
        assertNotNull(sctp.transport().iceTransport());
        assertTrue(sctp.maxMessageSize() > 0);
    }

    @Test
    @DisplayName("setLocalDescription() with answer containing data media should initialize pc.sctp")
    void localAnswer() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        assertEquals(SctpTransportState.CONNECTING, sctpOf(z).state());
        assertEquals(OptionalInt.empty(), sctpOf(z).maxChannels());
    }

    @Test
    @DisplayName("the same object after renegotiation")
    void same() {
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        RtcSctpTransport before = sctpOf(a);
        exchangeOfferAnswer(a, z);
        assertSame(before, a.sctp());
    }
}
