package io.github.purrtc.wpt;

import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** RFC 8841 §6.1: how large a message may be. */
@DisplayName("RTCSctpTransport-maxMessageSize.html")
class SctpTransportMaxMessageSizeTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private void exchangeWith(String line) {
        get(a.setLocalDescription());
        get(z.setRemoteDescription(a.localDescription()));
        get(z.setLocalDescription());
        String sdp = described(z.localDescription()).sdp().replaceAll("a=max-message-size:\\d+\r\n", line);
        get(a.setRemoteDescription(answer(sdp)));
    }

    @Test
    @DisplayName("Determine the local side send limitation (canSendSize) by offering a max-message-size of 0")
    void zero() {
        a.createDataChannel("test");
        exchangeWith("a=max-message-size:0\r\n");
        assertEquals(Long.MAX_VALUE, sctpOf(a).maxMessageSize());
    }

    @Test
    @DisplayName("Remote offer SDP missing max-message-size attribute")
    void absent() {
        a.createDataChannel("test");
        exchangeWith("");
        assertEquals(65_536, sctpOf(a).maxMessageSize());
    }

    @Test
    @DisplayName("max-message-size with a (non-zero) value provided by the remote peer")
    void one() {
        a.createDataChannel("test");
        exchangeWith("a=max-message-size:1\r\n");
        assertEquals(1, sctpOf(a).maxMessageSize());
    }

    @Test
    @DisplayName("Renegotiate max-message-size with various values provided by the remote peer")
    void renegotiated() {
        a.createDataChannel("test");
        for (int size : new int[] {1, 2, 0, 1}) {
            exchangeWith("a=max-message-size:" + size + "\r\n");
            assertEquals(size == 0 ? Long.MAX_VALUE : size, sctpOf(a).maxMessageSize());
        }
    }

    @Test
    @DisplayName("max-message-size with a (non-zero) value larger than canSendSize provided by the remote peer")
    void large() {
        a.createDataChannel("test");
        exchangeWith("a=max-message-size:4000000000\r\n");
        // There is no limit of our own.
        assertEquals(4_000_000_000L, sctpOf(a).maxMessageSize());
    }

    @Test
    @DisplayName("maxMessageSize is equal on both sides and above 0")
    void equal() {
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        assertTrue(sctpOf(a).maxMessageSize() > 0);
        assertEquals(sctpOf(a).maxMessageSize(), sctpOf(z).maxMessageSize());
    }
}
