package io.github.purrtc.wpt;

import io.github.purrtc.DataChannel;
import io.github.purrtc.DataChannelOptions;
import io.github.purrtc.DataChannelState;
import io.github.purrtc.ErrorName;
import io.github.purrtc.PeerConnection;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.util.OptionalInt;

import static io.github.purrtc.testing.Await.until;
import static io.github.purrtc.wpt.Wpt.call;
import static io.github.purrtc.wpt.Wpt.connection;
import static io.github.purrtc.wpt.Wpt.exchangeIceCandidates;
import static io.github.purrtc.wpt.Wpt.exchangeOfferAnswer;
import static io.github.purrtc.wpt.Wpt.openChannel;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** webrtc-pc §6.1, createDataChannel. */
@DisplayName("RTCPeerConnection-createDataChannel.html")
class CreateDataChannelTest {
    private static String utf8(int bytes) {
        return "\u2713".repeat(bytes / 3) + "a".repeat(bytes % 3);
    }

    private static DataChannelOptions.Builder options() {
        return DataChannelOptions.builder();
    }

    @Test
    @DisplayName("createDataChannel with closed connection should throw InvalidStateError")
    void closed() {
        PeerConnection pc = connection();
        pc.close();
        assertEquals(ErrorName.INVALID_STATE_ERROR, call(() -> pc.createDataChannel("")));
    }

    @Test
    @DisplayName("createDataChannel attribute default values")
    void defaults() {
        try (PeerConnection pc = connection()) {
            DataChannel channel = pc.createDataChannel("");
            assertEquals("", channel.label());
            assertTrue(channel.ordered());
            assertEquals(OptionalInt.empty(), channel.maxPacketLifeTime());
            assertEquals(OptionalInt.empty(), channel.maxRetransmits());
            assertEquals("", channel.protocol());
            assertFalse(channel.negotiated());
            assertEquals(OptionalInt.empty(), channel.id());
            assertEquals(DataChannelState.CONNECTING, channel.readyState());
            assertEquals(0, channel.bufferedAmount());
            assertEquals(0, channel.bufferedAmountLowThreshold());
        }
    }

    @Test
    @DisplayName("createDataChannel with provided parameters should initialize attributes to provided values")
    void given() {
        try (PeerConnection pc = connection()) {
            DataChannel channel = pc.createDataChannel(
                    "test",
                    options()
                            .ordered(false)
                            .maxRetransmits(1)
                            .protocol("custom")
                            .negotiated(3)
                            .build());
            assertFalse(channel.ordered());
            assertEquals(OptionalInt.of(1), channel.maxRetransmits());
            assertEquals("custom", channel.protocol());
            assertTrue(channel.negotiated());
            assertEquals(OptionalInt.of(3), channel.id());
        }
    }

    @Test
    @DisplayName("createDataChannel with both maxPacketLifeTime and maxRetransmits should throw TypeError")
    void bothLimits() {
        assertEquals(
                ErrorName.TYPE_ERROR,
                call(() -> options().maxPacketLifeTime(0).maxRetransmits(0).build()));
    }

    @Test
    @DisplayName("createDataChannel with maxPacketLifeTime 0 should succeed")
    void noLifeTime() {
        assertEquals(OptionalInt.of(0), made("", options().maxPacketLifeTime(0)).maxPacketLifeTime());
    }

    @Test
    @DisplayName("createDataChannel with too long label should throw TypeError")
    void longLabel() {
        try (PeerConnection pc = connection()) {
            assertEquals(ErrorName.TYPE_ERROR, call(() -> pc.createDataChannel(utf8(65_536))));
            assertEquals(65_535 / 3, pc.createDataChannel(utf8(65_535)).label().length());
        }
    }

    @Test
    @DisplayName("createDataChannel with label lone surrogate should succeed")
    void loneSurrogates() {
        try (PeerConnection pc = connection()) {
            DataChannel channel = pc.createDataChannel(
                    "a\ud800b", options().protocol("\udc00").build());
            assertEquals("a\ufffdb", channel.label());
            assertEquals("\ufffd", channel.protocol());
        }
    }

    @Test
    @DisplayName("createDataChannel with too long protocol should throw TypeError")
    void longProtocol() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> options().protocol(utf8(65_536))));
        options().protocol(utf8(65_535));
    }

    @Test
    @DisplayName("createDataChannel with same label used twice should not throw")
    void sameLabel() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("test");
            pc.createDataChannel("test");
        }
    }

    @Test
    @DisplayName("Reusing a data channel id that is in use should throw OperationError")
    void idInUse() {
        try (PeerConnection pc = connection()) {
            pc.createDataChannel("one", options().negotiated(42).build());
            assertEquals(
                    ErrorName.OPERATION_ERROR,
                    call(() ->
                            pc.createDataChannel("two", options().negotiated(42).build())));
        }
    }

    @Test
    @DisplayName(
            "Reusing a data channel id that is in use (after setRemoteDescription, negotiated via DCEP) should throw OperationError")
    void assignedIdInUse() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel channel = a.createDataChannel("one");
            exchangeOfferAnswer(a, z);
            until("id", () -> channel.id().isPresent());
            int id = channel.id().getAsInt();
            assertEquals(
                    ErrorName.OPERATION_ERROR,
                    call(() ->
                            a.createDataChannel("two", options().negotiated(id).build())));
        }
    }

    @Test
    @DisplayName("Channels created (after setRemoteDescription) should have id assigned")
    void ids() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            DataChannel one = a.createDataChannel("one");
            DataChannel two = a.createDataChannel("two");
            exchangeOfferAnswer(a, z);
            assertTrue(one.id().isPresent());
            assertTrue(two.id().isPresent());
            assertNotEquals(one.id(), two.id());
            assertEquals(one.id().getAsInt() % 2, two.id().getAsInt() % 2);
        }
    }

    @Test
    @DisplayName("New datachannel should be in the connecting state after creation (after connection establishment)")
    void connecting() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            exchangeIceCandidates(a, z);
            DataChannel first = a.createDataChannel("first");
            exchangeOfferAnswer(a, z);
            openChannel(first);
            DataChannel second = a.createDataChannel("second");
            openChannel(second);
        }
    }

    @Test
    @DisplayName("Priorities default to low and can be given")
    void priority() {
        try (PeerConnection pc = connection()) {
            assertEquals(
                    DataChannelOptions.Priority.LOW, pc.createDataChannel("").priority());
            assertEquals(
                    DataChannelOptions.Priority.HIGH,
                    pc.createDataChannel(
                                    "",
                                    options()
                                            .priority(DataChannelOptions.Priority.HIGH)
                                            .build())
                            .priority());
        }
    }

    private static DataChannel made(String label, DataChannelOptions.Builder options) {
        try (PeerConnection pc = connection()) {
            return pc.createDataChannel(label, options.build());
        }
    }

    @Test
    @DisplayName("createDataChannel with label \"foo\" should succeed")
    void label() {
        assertEquals("foo", made("foo", options()).label());
    }

    @Test
    @DisplayName("createDataChannel with ordered false should succeed")
    void unordered() {
        assertFalse(made("", options().ordered(false)).ordered());
    }

    @Test
    @DisplayName("createDataChannel with maxRetransmits 0 should succeed")
    void noRetransmits() {
        assertEquals(OptionalInt.of(0), made("", options().maxRetransmits(0)).maxRetransmits());
    }

    @Test
    @DisplayName("createDataChannel with protocol \"foo\" should succeed")
    void protocol() {
        assertEquals("foo", made("", options().protocol("foo")).protocol());
    }

    @Test
    @DisplayName("createDataChannel with protocol lone surrogate should succeed")
    void protocolSurrogate() {
        assertEquals("\ufffd", made("", options().protocol("\udc00")).protocol());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "createDataChannel with id 0 and negotiated true should succeed, and set the channel's id | 0",
                "createDataChannel with id 1 and negotiated true should succeed, and set the channel's id | 1",
                "createDataChannel with id 65534 and negotiated true should succeed, and set the channel's id | 65534",
                "createDataChannel with negotiated true and id should succeed | 42"
            })
    void negotiatedId(String name, int id) {
        assertEquals(OptionalInt.of(id), made("", options().negotiated(id)).id());
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(
            delimiter = '|',
            value = {
                "createDataChannel with id -1 should throw TypeError | -1",
                "createDataChannel with id 65535 should throw TypeError | 65535",
                "createDataChannel with id 65536 should throw TypeError | 65536"
            })
    void idOutOfRange(String name, int id) {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> options().negotiated(id)));
    }

    @Test
    @DisplayName("createDataChannel with too long label (2 byte unicode) should throw TypeError")
    void longTwoByteLabel() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> made("\u00b5".repeat(32_768), options())));
    }

    @Test
    @DisplayName("createDataChannel with too long protocol (2 byte unicode) should throw TypeError")
    void longTwoByteProtocol() {
        assertEquals(ErrorName.TYPE_ERROR, call(() -> options().protocol("\u00b6".repeat(32_768))));
    }

    @Test
    @DisplayName("createDataChannel with maximum length label and protocol should succeed")
    void longest() {
        DataChannel channel = made("l".repeat(65_535), options().protocol("p".repeat(65_535)));
        assertEquals(65_535, channel.label().length());
        assertEquals(65_535, channel.protocol().length());
    }

    @Test
    @DisplayName("createDataChannel with negotiated false should succeed")
    void notNegotiated() {
        assertFalse(made("", options()).negotiated());
    }

    @Test
    @DisplayName("Reusing a data channel id that is in use (after setRemoteDescription) should throw OperationError")
    void idInUseLater() {
        try (PeerConnection a = connection();
                PeerConnection z = connection()) {
            a.createDataChannel("one", options().negotiated(42).build());
            exchangeOfferAnswer(a, z);
            assertEquals(
                    ErrorName.OPERATION_ERROR,
                    call(() ->
                            a.createDataChannel("two", options().negotiated(42).build())));
        }
    }
}
