package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
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
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;

import static io.github.purrtc.wpt.Wpt.channelPair;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.messages;
import static io.github.purrtc.wpt.Wpt.poll;
import static io.github.purrtc.wpt.Wpt.sctpOf;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.2, send. */
@DisplayName("RTCDataChannel-send.html")
class DataChannelSendTest {
    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final PeerConnection a = connection();
    private final PeerConnection z = connection();

    @AfterEach
    void close() {
        a.close();
        z.close();
    }

    private DataChannel channel;
    private BlockingQueue<DataChannelMessage> received;

    private void connect(String name) {
        ChannelPair pair = channelPair(a, z, name.startsWith("Negotiated"));
        received = messages(pair.there());
        channel = pair.here();
    }

    @Test
    @DisplayName("Calling send() when data channel is in connecting state should throw InvalidStateError")
    void connecting() {
        DataChannel early = a.createDataChannel("test");
        assertEquals(
                ErrorName.INVALID_STATE_ERROR,
                assertThrows(RtcException.class, () -> early.send("early")).errorName());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send simple string and receive as string",
                "Negotiated datachannel should be able to send simple string and receive as string"
            })
    void string(String name) {
        connect(name);
        channel.send("hello");
        DataChannelMessage message = poll(received);
        assertTrue(message.isText());
        assertEquals("hello", message.text());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send unicode string and receive as unicode string",
                "Negotiated datachannel should be able to send unicode string and receive as unicode string"
            })
    void unicode(String name) {
        connect(name);
        channel.send("世界你好");
        assertEquals("世界你好", poll(received).text());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send an empty string and receive an empty string",
                "Negotiated datachannel should be able to send an empty string and receive an empty string"
            })
    void emptyString(String name) {
        connect(name);
        channel.send("");
        channel.send("hello");
        DataChannelMessage text = poll(received);
        assertTrue(text.isText());
        assertEquals(0, text.size());
        assertEquals("hello", poll(received).text());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send Uint8Array message and receive as ArrayBuffer",
                "Negotiated datachannel should be able to send Uint8Array message and receive as ArrayBuffer"
            })
    void array(String name) {
        connect(name);
        channel.send(HELLO);
        requireHello(poll(received));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send ArrayBuffer message and receive as ArrayBuffer",
                "Negotiated datachannel should be able to send ArrayBuffer message and receive as ArrayBuffer"
            })
    void buffer(String name) {
        connect(name);
        ByteBuffer direct = ByteBuffer.allocateDirect(2 + HELLO.length);
        channel.send(direct.position(2).put(HELLO).position(2));
        requireHello(poll(received));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel should be able to send an empty ArrayBuffer message and receive as ArrayBuffer",
                "Negotiated datachannel should be able to send an empty ArrayBuffer message and receive as ArrayBuffer"
            })
    void emptyBuffer(String name) {
        connect(name);
        channel.send(ByteBuffer.allocate(0));
        channel.send(HELLO);
        DataChannelMessage empty = poll(received);
        assertFalse(empty.isText());
        assertEquals(0, empty.size());
        requireHello(poll(received));
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Datachannel sending multiple messages with different types should succeed and be received",
                "Negotiated datachannel sending multiple messages with different types should succeed and be received"
            })
    void mixed(String name) {
        connect(name);
        channel.send(HELLO);
        channel.send("世界你好");
        channel.send(ByteBuffer.wrap(HELLO));
        requireHello(poll(received));
        assertEquals("世界你好", poll(received).text());
        requireHello(poll(received));
    }

    private static void requireHello(DataChannelMessage message) {
        assertFalse(message.isText());
        assertEquals(ByteBuffer.wrap(HELLO), message.data());
    }

    @ParameterizedTest(name = "{0}")
    @ValueSource(
            strings = {
                "Trying to send a message of more than maxMessageSize bytes throws TypeError",
                "Negotiated: trying to send a message of more than maxMessageSize bytes throws TypeError"
            })
    void tooLarge(String name) {
        connect(name);
        int most = (int) sctpOf(a).maxMessageSize();
        channel.send(new byte[most]);
        assertEquals(most, poll(received).size());
        assertEquals(
                ErrorName.TYPE_ERROR,
                assertThrows(RtcException.class, () -> channel.send(new byte[most + 1]))
                        .errorName());
    }
}
