package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.until;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §6.2: what was sent before close() is delivered. */
@DisplayName("RTCDataChannel-send-close.window.js")
class DataChannelSendCloseTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private void sendAndClose(int messages, int bytes) {
        exchangeIceCandidates(a, z);
        AtomicLong received = new AtomicLong();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        z.onDataChannel(channel -> channel.onMessage(message -> received.addAndGet(message.size()))
                .onError(e -> failed.incrementAndGet())
                .onClose(closed::countDown));
        DataChannel channel = a.createDataChannel("test").onError(e -> failed.incrementAndGet());
        exchangeOfferAnswer(a, z);
        openChannel(channel);
        long sent = 0;
        byte[] message = new byte[bytes];
        for (int i = 0; i < messages; i++) {
            try {
                channel.send(message);
                sent += bytes;
            } catch (RtcException e) {
                assertEquals(ErrorName.OPERATION_ERROR, e.errorName());
                break;
            }
        }
        channel.close();
        until("closed", () -> closed.getCount() == 0);
        assertEquals(sent, received.get());
        assertEquals(0, failed.get());
    }

    @Test
    @DisplayName("Send and close without delay")
    void one() {
        sendAndClose(1, 8);
    }

    @Test
    @DisplayName("Send 20 MiB and close without delay")
    void much() {
        sendAndClose(20 * 16, 64 * 1024);
    }
}
