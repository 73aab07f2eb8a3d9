package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 8832 §5.1: what DATA_CHANNEL_OPEN carries. */
@DisplayName("RTCDataChannel-dcep.html")
class DataChannelDcepTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private void mirrored(DataChannelOptions options) {
        exchangeIceCandidates(a, z);
        BlockingQueue<DataChannel> incoming = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> {
            channel.onMessage(message -> {});
            incoming.add(channel);
        });
        String label = "☃".repeat(65_535 / 3);
        DataChannel here = a.createDataChannel(label, options);
        exchangeOfferAnswer(a, z);
        openChannel(here);
        DataChannel there = poll(incoming);
        assertEquals(label, there.label());
        assertEquals(options.protocol(), there.protocol());
        assertEquals(options.ordered(), there.ordered());
        assertEquals(options.maxRetransmits(), there.maxRetransmits());
        assertEquals(options.maxPacketLifeTime(), there.maxPacketLifeTime());
    }

    private static DataChannelOptions.Builder options() {
        return DataChannelOptions.builder().protocol("☃".repeat(65_535 / 3));
    }

    @Test
    @DisplayName("Reliable, with a label and a protocol of 65,535 bytes each")
    void reliable() {
        mirrored(options().build());
    }

    @Test
    @DisplayName("Reliable, unordered")
    void unordered() {
        mirrored(options().ordered(false).build());
    }

    @Test
    @DisplayName("Limited retransmissions")
    void retransmits() {
        mirrored(options().maxRetransmits(65_535).build());
    }

    @Test
    @DisplayName("Limited retransmissions, unordered")
    void retransmitsUnordered() {
        mirrored(options().ordered(false).maxRetransmits(0).build());
    }

    @Test
    @DisplayName("Limited lifetime")
    void lifetime() {
        mirrored(options().maxPacketLifeTime(65_535).build());
    }

    @Test
    @DisplayName("Limited lifetime, unordered")
    void lifetimeUnordered() {
        mirrored(options().ordered(false).maxPacketLifeTime(1).build());
    }
}
