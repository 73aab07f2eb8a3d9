package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import io.github.purrtc.SctpTransportState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static io.github.purrtc.wpt.Wpt.until;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.2: who closes, and what the others see. */
@DisplayName("RTCDataChannel-close.html")
class DataChannelCloseTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private final BlockingQueue<String> events = new LinkedBlockingQueue<>();
    private final List<RtcException> errors = new CopyOnWriteArrayList<>();
    private final BlockingQueue<DataChannel> incoming = new LinkedBlockingQueue<>();

    private DataChannel connect() {
        exchangeIceCandidates(a, z);
        z.onDataChannel(channel -> {
            watch(channel);
            channel.onMessage(message -> {});
            incoming.add(channel);
        });
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        return openChannel(channel);
    }

    private void watch(DataChannel channel) {
        channel.onClosing(() -> events.add("closing"));
        channel.onError(e -> {
            errors.add(e);
            events.add("error");
        });
        channel.onClose(() -> events.add("close"));
    }

    @Test
    @DisplayName("Close datachannel causes onclosing and onclose to be called")
    void remote() {
        DataChannel channel = connect();
        poll(incoming);
        channel.close();
        assertEquals("closing", poll(events));
        assertEquals("close", poll(events));
        assertEquals(List.of(), errors);
    }

    @Test
    @DisplayName("Close datachannel causes closing and close event to be called locally without closing")
    void local() {
        DataChannel channel = connect();
        DataChannel remote = poll(incoming);
        remote.onClosing(() -> {}).onClose(() -> {});
        watch(channel);
        BlockingQueue<DataChannelState> states = new LinkedBlockingQueue<>();
        // On the loop, so that nothing of the peer comes between.
        channel.onMessage(message -> {
            channel.close();
            states.add(channel.readyState());
        });
        remote.send("close, please");
        assertEquals(DataChannelState.CLOSING, poll(states));
        assertEquals("close", poll(events));
        assertEquals(DataChannelState.CLOSED, channel.readyState());
    }

    @Test
    @DisplayName("Close peerconnection causes close event and error to be called on datachannel")
    void connectionClosed() {
        connect();
        poll(incoming);
        a.close();
        assertEquals("error", poll(events));
        assertEquals("close", poll(events));
        RtcException error = errors.get(0);
        assertEquals(ErrorName.OPERATION_ERROR, error.errorName());
        RtcErrorDetails details = error.details().orElseThrow();
        assertEquals(RtcErrorDetail.SCTP_FAILURE, details.errorDetail());
        assertTrue(details.sctpCauseCode().isEmpty() || details.sctpCauseCode().getAsInt() == 12);
    }

    @Test
    @DisplayName("Close peerconnection after datachannel close causes no events")
    void channelClosedBefore() {
        DataChannel channel = connect();
        poll(incoming);
        channel.close();
        assertEquals("closing", poll(events));
        assertEquals("close", poll(events));
        a.close();
        until("the other side has noticed", () -> sctpOf(z).state() == SctpTransportState.CLOSED);
        assertTrue(events.isEmpty());
    }
}
