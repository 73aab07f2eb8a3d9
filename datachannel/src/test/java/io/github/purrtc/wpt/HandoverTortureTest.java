package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.deliverCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** Restarts that lead to other peers, one right after the other: the last one counts. */
@DisplayName("protocol/handover-torture.html")
class HandoverTortureTest {
    private final PeerConnection offerer = connection();
    private final List<PeerConnection> answerers = new ArrayList<>();
    private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

    @AfterEach
    void close() {
        offerer.close();
        answerers.forEach(PeerConnection::close);
    }

    private PeerConnection handOver(boolean restart) {
        PeerConnection answerer = connection();
        answerers.add(answerer);
        exchangeIceCandidates(offerer, answerer);
        if (restart) {
            offerer.restartIce();
        }
        exchangeOfferAnswer(offerer, answerer);
        return answerer;
    }

    private void begin() {
        offerer.onDataChannel(channel -> channel.onMessage(message -> received.add(message.text())));
        offerer.createDataChannel("first");
    }

    private void requireDataFrom(PeerConnection last) {
        // Whatever came between the descriptions.
        deliverCandidates(last, offerer);
        DataChannel channel = last.createDataChannel("last");
        Wpt.openChannel(channel).send("from the last");
        assertEquals("from the last", poll(received));
    }

    @Test
    @DisplayName("Rapid handovers: DTLS closure alerts from retired associations do not foul the final transport")
    void closureAlerts() {
        begin();
        PeerConnection previous = handOver(false);
        for (int i = 0; i < 5; i++) {
            PeerConnection next = handOver(true);
            previous.close();
            previous = next;
        }
        requireDataFrom(previous);
    }

    @Test
    @DisplayName("Rapid interleaved fingerprint-changing and non-changing ICE restarts settle")
    void interleaved() {
        begin();
        PeerConnection current = handOver(false);
        for (int i = 0; i < 4; i++) {
            offerer.restartIce();
            exchangeOfferAnswer(offerer, current);
            PeerConnection next = handOver(true);
            current.close();
            current = next;
        }
        requireDataFrom(current);
    }
}
