package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.OptionalInt;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.settle;
import static io.github.purrtc.wpt.Wpt.states;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.1, the datachannel event. */
@DisplayName("RTCPeerConnection-ondatachannel.html")
class OnDataChannelTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private final BlockingQueue<DataChannel> incoming = new LinkedBlockingQueue<>();

    private DataChannel connect(String label, DataChannelOptions options) {
        exchangeIceCandidates(a, z);
        z.onDataChannel(channel -> {
            channel.onMessage(message -> {});
            incoming.add(channel);
        });
        DataChannel channel = a.createDataChannel(label, options);
        exchangeOfferAnswer(a, z);
        return openChannel(channel);
    }

    @Test
    @DisplayName("Data channel event should fire when new data channel is announced to the remote peer")
    void announced() {
        connect("test", DataChannelOptions.DEFAULT);
        assertEquals("test", poll(incoming).label());
        settle(z);
        assertTrue(incoming.isEmpty());
    }

    @Test
    @DisplayName("Should be able to send data in a datachannel event handler")
    void openInTheListener() {
        exchangeIceCandidates(a, z);
        BlockingQueue<String> states = new LinkedBlockingQueue<>();
        BlockingQueue<String> messages = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> {
            states.add(channel.readyState().toString());
            channel.send("at once");
        });
        DataChannel channel = a.createDataChannel("test").onMessage(message -> messages.add(message.text()));
        exchangeOfferAnswer(a, z);
        assertEquals("open", poll(states));
        assertEquals("at once", poll(messages));
        assertEquals(DataChannelState.OPEN, channel.readyState());
    }

    @Test
    @DisplayName("Open event should not be raised when closing the channel in the datachannel event")
    void closedInTheListener() {
        exchangeIceCandidates(a, z);
        AtomicInteger opened = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        z.onDataChannel(channel -> {
            channel.onOpen(opened::incrementAndGet).onClose(closed::countDown);
            channel.close();
        });
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        until("closed", () -> closed.getCount() == 0);
        assertEquals(0, opened.get());
    }

    @Test
    @DisplayName("In-band negotiated channel created on remote peer should match the same configuration as local peer")
    void sameConfiguration() {
        DataChannel here = connect(
                "test",
                DataChannelOptions.builder()
                        .ordered(false)
                        .maxRetransmits(1)
                        .protocol("custom")
                        .priority(DataChannelOptions.Priority.HIGH)
                        .build());
        DataChannel there = poll(incoming);
        assertEquals(here.ordered(), there.ordered());
        assertEquals(here.maxRetransmits(), there.maxRetransmits());
        assertEquals(here.protocol(), there.protocol());
        assertEquals(here.priority(), there.priority());
        assertEquals(here.id(), there.id());
        assertFalse(there.negotiated());
    }

    @Test
    @DisplayName(
            "In-band negotiated channel created on remote peer should match the same (default) configuration as local peer")
    void defaultConfiguration() {
        DataChannel here = connect("", DataChannelOptions.DEFAULT);
        DataChannel there = poll(incoming);
        assertTrue(there.ordered());
        assertEquals("", there.label());
        assertEquals("", there.protocol());
        assertEquals(OptionalInt.empty(), there.maxRetransmits());
        assertEquals(OptionalInt.empty(), there.maxPacketLifeTime());
        assertEquals(here.id(), there.id());
    }

    @Test
    @DisplayName("Negotiated channel should not fire datachannel event on remote peer")
    void negotiated() {
        DataChannelOptions options = DataChannelOptions.builder().negotiated(42).build();
        DataChannel there = z.createDataChannel("test", options);
        connect("test", options);
        openChannel(there);
        settle(z);
        assertTrue(incoming.isEmpty());
    }

    @Test
    @DisplayName("Open event should be raised when closing the channel in the datachannel event after enqueuing a task")
    void closedInALaterTask() {
        exchangeIceCandidates(a, z);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> {
            channel.onOpen(() -> events.add("open"));
            channel.onClose(() -> events.add("close"));
            channel.onMessage(message -> {});
            z.createOffer().whenComplete((offer, e) -> channel.close());
        });
        a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        assertEquals("open", poll(events));
        assertEquals("close", poll(events));
    }

    @Test
    @DisplayName(
            "Open event should not be raised when sending and immediately closing the channel in the datachannel event")
    void sentAndClosed() {
        exchangeIceCandidates(a, z);
        BlockingQueue<String> events = new LinkedBlockingQueue<>();
        BlockingQueue<String> received = new LinkedBlockingQueue<>();
        z.onDataChannel(channel -> {
            channel.onOpen(() -> events.add("open"));
            channel.onClose(() -> events.add("close"));
            channel.onMessage(message -> {});
            channel.send("Foo!");
            channel.close();
        });
        a.createDataChannel("test").onMessage(message -> received.add(message.text()));
        exchangeOfferAnswer(a, z);
        assertEquals("Foo!", poll(received));
        assertEquals("close", poll(events));
    }
}
