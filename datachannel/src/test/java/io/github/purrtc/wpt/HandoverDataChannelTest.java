package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.OfferOption;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.get;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Another peer behind the same signalling: a new DTLS and SCTP association over new paths. */
@DisplayName("protocol/handover-datachannel.html")
class HandoverDataChannelTest {
    @Test
    @DisplayName("Handover with datachannel reinitiated from new callee completes")
    void completes() {
        try (PeerConnection a = connection();
                PeerConnection first = connection();
                PeerConnection second = connection()) {
            BlockingQueue<String> messages = new LinkedBlockingQueue<>();
            BlockingQueue<String> closed = new LinkedBlockingQueue<>();
            DataChannel initial = a.createDataChannel("initial").onClose(() -> closed.add("initial"));
            initial.onMessage(message -> messages.add(message.text()));
            first.onDataChannel(channel -> channel.send("hello"));
            exchangeIceCandidates(a, first);
            exchangeOfferAnswer(a, first);
            assertEquals("hello", poll(messages));

            BlockingQueue<DataChannel> incoming = new LinkedBlockingQueue<>();
            a.onDataChannel(channel -> {
                channel.onMessage(message -> {});
                incoming.add(channel);
            });
            exchangeIceCandidates(a, second);
            DataChannel back = second.createDataChannel("second back");
            back.onMessage(message -> messages.add(message.text()));
            get(a.setLocalDescription(get(a.createOffer(OfferOption.ICE_RESTART))));
            get(second.setRemoteDescription(a.localDescription()));
            get(second.setLocalDescription());
            get(a.setRemoteDescription(second.localDescription()));
            assertEquals("initial", poll(closed));
            DataChannel there = poll(incoming);
            assertEquals("second back", there.label());
            there.send("hello again");
            assertEquals("hello again", poll(messages));

            DataChannel later = a.createDataChannel("later");
            openChannel(later);
        }
    }

    @Test
    @DisplayName("Handover with datachannel, where the new peer offers")
    void newPeerOffers() {
        try (PeerConnection a = connection();
                PeerConnection first = connection();
                PeerConnection second = connection()) {
            exchangeIceCandidates(a, first);
            openChannelBetween(a, first);
            exchangeIceCandidates(a, second);
            DataChannel fromSecond = second.createDataChannel("second");
            get(second.setLocalDescription());
            get(a.setRemoteDescription(second.localDescription()));
            get(a.setLocalDescription());
            get(second.setRemoteDescription(a.localDescription()));
            openChannel(fromSecond);
        }
    }

    private static void openChannelBetween(PeerConnection a, PeerConnection z) {
        DataChannel channel = a.createDataChannel("first");
        exchangeOfferAnswer(a, z);
        openChannel(channel);
    }
}
