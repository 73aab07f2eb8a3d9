package io.github.purrtc.wpt;

import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcException;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static org.junit.jupiter.api.Assertions.assertEquals;

/** webrtc-pc §6.2: what was sent before close() is delivered. */
@DisplayName("RTCDataChannel-send-close-*.window.js")
class DataChannelSendCloseTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    /** 20 MiB, or what the send buffer takes of them. */
    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send and receive all string messages on close",
                "Datachannel should be able to send and receive all arraybuffer messages on close",
                "Negotiated datachannel should be able to send and receive all string messages on close",
                "Negotiated datachannel should be able to send and receive all arraybuffer messages on close"
            })
    void everything(String name) {
        byte[] bytes = new byte[64 * 1024];
        DataChannelMessage message = name.contains("string")
                ? DataChannelMessage.text("x".repeat(bytes.length))
                : DataChannelMessage.binary(ByteBuffer.wrap(bytes));
        sendAndClose(channelPair(a, z, name.startsWith("Negotiated")), 20 * 16, message);
    }

    @Test
    @DisplayName("one message, and close without delay")
    void one() {
        sendAndClose(channelPair(a, z, false), 1, DataChannelMessage.binary(ByteBuffer.allocate(8)));
    }

    private void sendAndClose(ChannelPair pair, int messages, DataChannelMessage message) {
        AtomicLong received = new AtomicLong();
        AtomicInteger failed = new AtomicInteger();
        CountDownLatch closed = new CountDownLatch(1);
        pair.there()
                .onMessage(each -> received.addAndGet(each.size()))
                .onError(e -> failed.incrementAndGet())
                .onClose(closed::countDown);
        pair.there().resume();
        pair.here().onError(e -> failed.incrementAndGet());
        long sent = 0;
        for (int i = 0; i < messages; i++) {
            try {
                pair.here().send(message);
                sent += message.size();
            } catch (RtcException e) {
                assertEquals(ErrorName.OPERATION_ERROR, e.errorName());
                break;
            }
        }
        pair.here().close();
        until("closed", () -> closed.getCount() == 0);
        assertEquals(sent, received.get());
        assertEquals(0, failed.get());
    }
}
