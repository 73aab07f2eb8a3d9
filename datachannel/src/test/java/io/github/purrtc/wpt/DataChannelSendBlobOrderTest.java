package io.github.purrtc.wpt;

import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.wpt.Wpt.ChannelPair;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.SubmissionPublisher;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.messages;
import static io.github.purrtc.wpt.Wpt.poll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

/** A source whose bytes are there later takes a Blob's place: what is sent after it waits for it. */
@DisplayName("RTCDataChannel-send-blob-order.html")
class DataChannelSendBlobOrderTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should send data following the order of the send call",
                "Negotiated datachannel should send data following the order of the send call"
            })
    void order(String name) {
        ChannelPair pair = channelPair(a, z, name.startsWith("Negotiated"));
        BlockingQueue<DataChannelMessage> received = messages(pair.there());
        try (SubmissionPublisher<ByteBuffer> source = new SubmissionPublisher<>()) {
            pair.here().sendBinary(source);
            pair.here().send("second");
            pair.here().send(new byte[] {3});
            until("subscribed", source::hasSubscribers);
            source.submit(ByteBuffer.wrap(new byte[] {1, 1}));
        }
        assertEquals(ByteBuffer.wrap(new byte[] {1, 1}), poll(received).data());
        assertEquals("second", poll(received).text());
        assertFalse(poll(received).isText());
    }
}
