package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.DataChannelOptions.Priority;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CompletableFuture;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-priority §4.2: DATA_CHANNEL_OPEN carries the priority. */
@DisplayName("webrtc-priority/RTCPeerConnection-ondatachannel.html")
class PriorityOnDataChannelTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private void requireThere(Priority priority) {
        CompletableFuture<Priority> there = new CompletableFuture<>();
        z.onDataChannel(channel -> there.complete(channel.priority()));
        exchangeIceCandidates(a, z);
        exchangeOfferAnswer(a, z);
        assertEquals(priority, get(there));
    }

    @Test
    @DisplayName("In-band negotiated channel created on remote peer should match the same configuration as local peer")
    void high() {
        DataChannel channel = a.createDataChannel(
                "test",
                DataChannelOptions.builder()
                        .ordered(false)
                        .maxRetransmits(1)
                        .protocol("custom")
                        .priority(Priority.HIGH)
                        .build());
        assertEquals(Priority.HIGH, channel.priority());
        requireThere(Priority.HIGH);
    }

    @Test
    @DisplayName(
            "In-band negotiated channel created on remote peer should match the same (default) configuration as local peer")
    void low() {
        assertEquals(Priority.LOW, a.createDataChannel("").priority());
        requireThere(Priority.LOW);
    }
}
