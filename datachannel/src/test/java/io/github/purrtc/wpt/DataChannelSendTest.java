package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelMessage;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.RtcException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.2, send. */
@DisplayName("RTCDataChannel-send.html")
class DataChannelSendTest {
    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private final BlockingQueue<DataChannelMessage> received = new LinkedBlockingQueue<>();

    private DataChannel connect() {
        exchangeIceCandidates(a, z);
        z.onDataChannel(channel -> channel.onMessage(received::add));
        DataChannel channel = a.createDataChannel("test");
        exchangeOfferAnswer(a, z);
        return openChannel(channel);
    }

    @Test
    @DisplayName("Calling send() when data channel is in connecting state should throw InvalidStateError")
    void connecting() {
        DataChannel channel = a.createDataChannel("test");
        assertEquals(
                ErrorName.INVALID_STATE_ERROR,
                assertThrows(RtcException.class, () -> channel.send("early")).errorName());
    }

    @Test
    @DisplayName("Data channel should be able to send simple string and receive as string")
    void string() {
        connect().send("hello");
        DataChannelMessage message = poll(received);
        assertTrue(message.isText());
        assertEquals("hello", message.text());
    }

    @Test
    @DisplayName("Data channel should be able to send unicode string and receive as unicode string")
    void unicode() {
        connect().send("世界你好");
        assertEquals("世界你好", poll(received).text());
    }

    @Test
    @DisplayName("Data channel should be able to send an empty string and receive an empty string")
    void empty() {
        DataChannel channel = connect();
        channel.send("");
        channel.send(new byte[0]);
        DataChannelMessage text = poll(received);
        assertTrue(text.isText());
        assertEquals(0, text.size());
        DataChannelMessage binary = poll(received);
        assertFalse(binary.isText());
        assertEquals(0, binary.size());
    }

    @Test
    @DisplayName("Data channel should be able to send Uint8Array message and receive as ArrayBuffer")
    void bytes() {
        connect().send(new byte[] {1, 2, 3});
        DataChannelMessage message = poll(received);
        assertFalse(message.isText());
        assertEquals(ByteBuffer.wrap(new byte[] {1, 2, 3}), message.data());
    }

    @Test
    @DisplayName("Sending multiple messages with different types should succeed and be received")
    void mixed() {
        DataChannel channel = connect();
        channel.send("one");
        channel.send(ByteBuffer.wrap(new byte[] {2}));
        channel.send("three");
        assertEquals("one", poll(received).text());
        assertFalse(poll(received).isText());
        assertEquals("three", poll(received).text());
    }

    @Test
    @DisplayName("Trying to send a message of more than maxMessageSize bytes throws TypeError")
    void tooLarge() {
        DataChannel channel = connect();
        int most = (int) sctpOf(a).maxMessageSize();
        channel.send(new byte[most]);
        assertEquals(most, poll(received).size());
        assertEquals(
                ErrorName.TYPE_ERROR,
                assertThrows(RtcException.class, () -> channel.send(new byte[most + 1]))
                        .errorName());
    }
}
