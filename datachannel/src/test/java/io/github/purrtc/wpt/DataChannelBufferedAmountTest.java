package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.atomic.AtomicLong;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §6.2, bufferedAmount. */
@DisplayName("RTCDataChannel-bufferedAmount.html")
class DataChannelBufferedAmountTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private DataChannel connect() {
        exchangeIceCandidates(a, z);
        z.onDataChannel(channel -> channel.onMessage(message -> {}));
        DataChannel channel = a.createDataChannel("test");
        assertEquals(0, channel.bufferedAmount());
        exchangeOfferAnswer(a, z);
        return openChannel(channel);
    }

    @Test
    @DisplayName("bufferedAmount initial value should be 0 for new RTCDataChannel")
    void initial() {
        assertEquals(0, a.createDataChannel("test").bufferedAmount());
    }

    @Test
    @DisplayName("bufferedAmount should increase to byte length of encoded unicode string sent")
    void unicode() {
        DataChannel channel = connect();
        // On the loop, where nothing can be acknowledged in between.
        AtomicLong after = new AtomicLong();
        get(a.createOffer().thenAccept(offer -> {}));
        a.onSignalingStateChange(state -> {
            channel.send("世界你好");
            after.set(channel.bufferedAmount());
        });
        get(a.setLocalDescription());
        assertEquals(12, after.get());
    }

    @Test
    @DisplayName("bufferedAmount should be 0 after delivery")
    void drained() {
        DataChannel channel = connect();
        channel.send(new byte[100_000]);
        until("drained", () -> channel.bufferedAmount() == 0);
    }

    @Test
    @DisplayName("bufferedAmount is data.length on send(data) of an empty message: 0")
    void emptyMessages() {
        DataChannel channel = connect();
        channel.send("");
        assertEquals(0, channel.bufferedAmount());
    }
}
