package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcErrorDetail;
import io.github.purrtc.RtcErrorDetails;
import io.github.purrtc.RtcException;
import io.github.purrtc.SctpTransportState;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.messages;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
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

    private DataChannel connect(String name) {
        ChannelPair pair = channelPair(a, z, name.contains("negotiated"));
        watch(pair.there());
        pair.there().onMessage(message -> {});
        pair.there().resume();
        // Listeners are set on the loop.
        get(z.getStats());
        incoming.add(pair.there());
        return pair.here();
    }

    @Test
    @DisplayName("ten channels, one after the other, are opened, used and closed")
    void tenTimes() {
        connect("first");
        z.onDataChannel(channel -> channel.onMessage(message -> channel.send(message.text())));
        for (int i = 0; i < 10; i++) {
            DataChannel channel = openChannel(a.createDataChannel("channel " + i));
            BlockingQueue<DataChannelMessage> echoes = messages(channel);
            BlockingQueue<String> closed = new LinkedBlockingQueue<>();
            channel.onClose(() -> closed.add("close"));
            channel.send("ping");
            assertEquals("ping", poll(echoes).text());
            channel.close();
            poll(closed);
        }
    }

    private void watch(DataChannel channel) {
        channel.onClosing(() -> events.add("closing"));
        channel.onError(e -> {
            errors.add(e);
            events.add("error");
        });
        channel.onClose(() -> events.add("close"));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Close datachannel causes onclosing and onclose to be called",
                "Close negotiated datachannel causes onclosing and onclose to be called"
            })
    void remote(String name) {
        DataChannel channel = connect(name);
        poll(incoming);
        channel.close();
        assertEquals("closing", poll(events));
        assertEquals("close", poll(events));
        assertEquals(List.of(), errors);
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Close datachannel causes closing and close event to be called",
                "Close negotiated datachannel causes closing and close event to be called"
            })
    void local(String name) {
        DataChannel channel = connect(name);
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Close peerconnection causes close event and error to be called on datachannel",
                "Close peerconnection causes close event and error to be called on negotiated datachannel"
            })
    void connectionClosed(String name) {
        connect(name);
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

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Close peerconnection after datachannel close causes no events",
                "Close peerconnection after negotiated datachannel close causes no events"
            })
    void channelClosedBefore(String name) {
        DataChannel channel = connect(name);
        poll(incoming);
        channel.close();
        assertEquals("closing", poll(events));
        assertEquals("close", poll(events));
        a.close();
        until("the other side has noticed", () -> sctpOf(z).state() == SctpTransportState.CLOSED);
        assertTrue(events.isEmpty());
    }
}
