package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcDtlsTransport;
import io.github.purrtc.dtls.DtlsTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §5.5: DTLS as an object. */
@DisplayName("RTCDtlsTransport-state.html")
class DtlsTransportStateTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private void connect() {
        exchangeIceCandidates(a, z);
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        until("connected", () -> sctpOf(z).transport().state() == DtlsTransportState.CONNECTED);
    }

    @Test
    @DisplayName("DTLS transport goes to connected state")
    void connected() {
        connect();
        assertEquals(DtlsTransportState.CONNECTED, sctpOf(a).transport().state());
    }

    @Test
    @DisplayName("close() causes the local transport to close immediately")
    void closedHere() {
        connect();
        RtcDtlsTransport dtls = sctpOf(a).transport();
        List<DtlsTransportState> states = new CopyOnWriteArrayList<>();
        dtls.onStateChange(states::add);
        a.close();
        assertEquals(DtlsTransportState.CLOSED, dtls.state());
        assertEquals(List.of(), states);
    }

    @Test
    @DisplayName("close() causes the other end's DTLS transport to close")
    void closedThere() {
        connect();
        List<DtlsTransportState> states = new CopyOnWriteArrayList<>();
        sctpOf(z).transport().onStateChange(states::add);
        a.close();
        until("closed", () -> states.equals(List.of(DtlsTransportState.CLOSED)));
    }
}
