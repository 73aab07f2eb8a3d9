package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.answer;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.described;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

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
    @DisplayName("both sides take ids of their own parity")
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

    /** The answer is our own offer, with the role of the other side. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "DTLS client uses odd data channel IDs | active | 1",
                "DTLS server uses even data channel IDs | passive | 0"
            })
    void parityByRole(String name, String answered, int parity) {
        DataChannel one = a.createDataChannel("");
        get(a.setLocalDescription());
        get(a.setRemoteDescription(answer(described(a.localDescription()).sdp().replace("actpass", answered))));
        DataChannel two = a.createDataChannel("another");
        get(a.getStats());
        assertEquals(parity, one.id().orElseThrow() % 2);
        assertEquals(parity, two.id().orElseThrow() % 2);
        assertNotEquals(one.id(), two.id());
    }

    @Test
    @DisplayName("a channel for which there is no id left fails")
    void exhausted() {
        channelPair(a, z, false);
        for (int id = 0; id < 65_535; id++) {
            DataChannelOptions options = negotiated(id);
            try {
                a.createDataChannel("", options);
            } catch (RtcException e) {
                assertEquals(ErrorName.OPERATION_ERROR, e.errorName(), "the id of the first channel");
            }
        }
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        a.createDataChannel("one too many")
                .onError(error -> events.add("error"))
                .onClose(() -> events.add("close"));
        assertEquals("error", poll(events));
        assertEquals("close", poll(events));
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
    @DisplayName("Test that ids are reusable after close event")
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
