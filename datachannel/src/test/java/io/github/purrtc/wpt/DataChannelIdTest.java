package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** RFC 8832 §6: who takes which ids. */
@DisplayName("RTCDataChannel-id.html")
class DataChannelIdTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private static DataChannelOptions negotiated(int id) {
        return DataChannelOptions.builder().negotiated(id).build();
    }

    @Test
    @DisplayName("DTLS client uses even data channel IDs, the server odd ones")
    void parity() {
        exchangeIceCandidates(a, z);
        DataChannel here = a.createDataChannel("a");
        DataChannel there = z.createDataChannel("z");
        exchangeOfferAnswer(a, z);
        openChannel(here);
        openChannel(there);
        // The answerer is the client.
        assertEquals(1, here.id().orElseThrow() % 2);
        assertEquals(0, there.id().orElseThrow() % 2);
    }

    @Test
    @DisplayName("In-band negotiation with a specific ID should not work")
    void idIsForNegotiatedChannels() {
        DataChannel channel =
                a.createDataChannel("test", DataChannelOptions.builder().build());
        assertEquals(OptionalInt.empty(), channel.id());
    }

    @Test
    @DisplayName("Odd/even role should not be violated when mixing with negotiated channels")
    void mixed() {
        exchangeIceCandidates(a, z);
        for (int id = 0; id < 20; id++) {
            a.createDataChannel("negotiated", negotiated(id));
        }
        DataChannel first = a.createDataChannel("first");
        exchangeOfferAnswer(a, z);
        openChannel(first);
        assertEquals(21, first.id().orElseThrow());
        DataChannel second = a.createDataChannel("second");
        assertEquals(23, openChannel(second).id().orElseThrow());
    }

    @Test
    @DisplayName("Reusing a data channel id of a closed channel should work on both sides inside onclose")
    void reused() {
        exchangeIceCandidates(a, z);
        DataChannel here = a.createDataChannel("one", negotiated(5));
        DataChannel there = z.createDataChannel("one", negotiated(5));
        BlockingQueue<DataChannel> again = new LinkedBlockingQueue<>();
        here.onClose(() -> again.add(a.createDataChannel("two", negotiated(5))));
        there.onClose(() -> again.add(z.createDataChannel("two", negotiated(5))));
        exchangeOfferAnswer(a, z);
        openChannel(here);
        openChannel(there);
        here.close();
        openChannel(poll(again));
        openChannel(poll(again));
    }
}
