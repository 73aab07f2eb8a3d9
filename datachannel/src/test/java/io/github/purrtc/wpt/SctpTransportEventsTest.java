package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.SctpTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.exchangeWithoutCandidates;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;

/** webrtc-pc §6.1.1: the states of the association. */
@DisplayName("RTCSctpTransport-events.html")
class SctpTransportEventsTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @Test
    @DisplayName("SctpTransport objects are created at appropriate times")
    void created() {
        a.createDataChannel("test");
        get(a.setLocalDescription());
        get(z.setRemoteDescription(a.localDescription()));
        assertNull(z.sctp());
        get(z.setLocalDescription());
        assertNotNull(z.sctp());
        get(a.setRemoteDescription(z.localDescription()));
        assertNotNull(a.sctp());
    }

    @Test
    @DisplayName("SctpTransport reaches connected and closed state")
    void connected() {
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        assertEquals(SctpTransportState.CONNECTED, sctpOf(a).state());
        until("connected", () -> sctpOf(z).state() == SctpTransportState.CONNECTED);
        assertEquals(65_535, sctpOf(a).maxChannels().orElseThrow());
    }

    @Test
    @DisplayName("SctpTransport gets a state change event to 'closed' when the peer closes")
    void closed() {
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        until("connected", () -> sctpOf(z).state() == SctpTransportState.CONNECTED);
        List<SctpTransportState> states = new CopyOnWriteArrayList<>();
        sctpOf(z).onStateChange(states::add);
        List<SctpTransportState> own = new CopyOnWriteArrayList<>();
        sctpOf(a).onStateChange(own::add);
        a.close();
        assertEquals(SctpTransportState.CLOSED, sctpOf(a).state());
        until("closed", () -> states.equals(List.of(SctpTransportState.CLOSED)));
        assertEquals(List.of(), own);
    }

    @Test
    @DisplayName("SctpTransport is in state connecting while there are no candidates")
    void connecting() {
        a.createDataChannel("test");
        exchangeWithoutCandidates(a, z);
        assertEquals(SctpTransportState.CONNECTING, sctpOf(a).state());
        assertEquals(SctpTransportState.CONNECTING, sctpOf(z).state());
    }
}
