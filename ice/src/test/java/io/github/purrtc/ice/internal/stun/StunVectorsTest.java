package io.github.purrtc.ice.internal.stun;

import io.github.purrtc.ice.IceRole;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** The test vectors of RFC 5769. */
class StunVectorsTest {

    private static final ShortTermKey KEY = new ShortTermKey("VOkJxbRl1RmTxUk/WvJxBt");

    /** RFC 5769 §2.1. */
    static final String REQUEST = """
            000100582112a442b7e7a701bc34d686fa87dfae
            802200105354554e207465737420636c69656e74
            002400046e0001ff
            80290008932ff9b151263b36
            000600096576746a3a68367659202020
            000800149aeaa70cbfd8cb56781ef2b5b2d3f249c1b571a2
            80280004e57a3bcf
            """;

    /** RFC 5769 §2.2. */
    static final String RESPONSE_V4 = """
            0101003c2112a442b7e7a701bc34d686fa87dfae
            8022000b7465737420766563746f7220
            002000080001a147e112a643
            000800142b91f599fd9e90c38c7489f92af9ba53f06be7d7
            80280004c07d4c96
            """;

    /** RFC 5769 §2.3. */
    static final String RESPONSE_V6 = """
            010100482112a442b7e7a701bc34d686fa87dfae
            8022000b7465737420766563746f7220
            002000140002a1470113a9faa5d3f179bc25f4b5bed2b9d9
            00080014a382954e4be67bf11784c97c8292c275bfe3ed41
            80280004c8fb0b4c
            """;

    static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    static StunMessage read(byte[] bytes) {
        return assertInstanceOf(StunMessage.class, StunDecoder.decode(ByteBuffer.wrap(bytes)));
    }

    @Test
    void request() {
        StunMessage message = read(bytes(REQUEST));
        assertEquals(StunClass.REQUEST, message.messageClass());
        assertEquals(Stun.BINDING, message.method());
        assertEquals(new TransactionId(0xb7e7a701, 0xbc34d686fa87dfaeL), message.id());
        assertEquals("evtj:h6vY", message.username());
        assertEquals(0x6e0001ffL, message.priority());
        assertEquals(IceRole.CONTROLLED, message.role());
        assertEquals(0x932ff9b151263b36L, message.tieBreaker());
        assertFalse(message.useCandidate());
        assertTrue(message.hasFingerprint());
        assertTrue(message.isAuthentic(KEY));
        assertFalse(message.isAuthentic(new ShortTermKey("VOkJxbRl1RmTxUk/WvJxBu")));
    }

    @Test
    void responses() {
        StunMessage v4 = read(bytes(RESPONSE_V4));
        assertEquals(StunClass.SUCCESS, v4.messageClass());
        assertEquals(new InetSocketAddress("192.0.2.1", 32853), v4.mappedAddress());
        assertTrue(v4.isAuthentic(KEY));
        StunMessage v6 = read(bytes(RESPONSE_V6));
        assertEquals(new InetSocketAddress("2001:db8:1234:5678:11:2233:4455:6677", 32853), v6.mappedAddress());
        assertTrue(v6.isAuthentic(KEY));
    }

    /** The encoder pads with zeros, the vectors with spaces: equal where there is no padding. */
    @Test
    void encodersWriteWhatTheVectorsSay() {
        byte[] expected = bytes(RESPONSE_V4);
        byte[] software = "test vector".getBytes(StandardCharsets.US_ASCII);
        byte[] written = new StunEncoder(StunClass.SUCCESS, read(expected).id())
                .attribute(Stun.SOFTWARE, software)
                .xorMappedAddress(new InetSocketAddress("192.0.2.1", 32853))
                .toBytes();
        expected[35] = 0;
        expected[3] = written[3];
        assertArrayEquals(Arrays.copyOf(expected, written.length), written);
    }

    @Test
    void truncatedAtEachPrefixItIsMalformed() {
        for (String vector : new String[] {REQUEST, RESPONSE_V4, RESPONSE_V6}) {
            byte[] whole = bytes(vector);
            for (int length = 0; length < whole.length; length++) {
                assertInstanceOf(MalformedStun.class, StunDecoder.decode(ByteBuffer.wrap(whole, 0, length)));
            }
        }
    }

    @Test
    void oneBitFlippedItIsMalformedOrNotAuthentic() {
        byte[] whole = bytes(REQUEST);
        for (int bit = 0; bit < whole.length * 8; bit++) {
            byte[] flipped = whole.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            // A flip in the type of FINGERPRINT alone leaves a message without one: not accepted as a check either.
            if (StunDecoder.decode(ByteBuffer.wrap(flipped)) instanceof StunMessage message) {
                assertFalse(message.hasFingerprint() && message.isAuthentic(KEY), "bit " + bit);
            }
        }
    }

    @Test
    void whatIsBehindTheIntegrityIsNotThere() {
        byte[] message = new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .username("a:b")
                .integrity(KEY)
                .useCandidate()
                .priority(7)
                .attribute(0x7F00, new byte[4])
                .fingerprint()
                .toBytes();
        StunMessage read = read(message);
        assertTrue(read.isAuthentic(KEY));
        assertTrue(read.hasFingerprint());
        assertFalse(read.useCandidate());
        assertEquals(-1, read.priority());
        assertFalse(read.hasUnknownRequired());
        assertNull(read.role());
    }

    @Test
    void nothingComesAfterTheFingerprint() {
        byte[] message = new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .fingerprint()
                .useCandidate()
                .toBytes();
        assertEquals(MalformedStun.FINGERPRINT, StunDecoder.decode(ByteBuffer.wrap(message)));
    }

    @Test
    void valuesOfAnotherFormAreMalformed() {
        int[] strict = {
            Stun.PRIORITY,
            Stun.ICE_CONTROLLED,
            Stun.ICE_CONTROLLING,
            Stun.MESSAGE_INTEGRITY,
            Stun.XOR_MAPPED_ADDRESS,
            Stun.MAPPED_ADDRESS,
            Stun.ERROR_CODE,
            Stun.UNKNOWN_ATTRIBUTES,
            Stun.NOMINATION
        };
        for (int type : strict) {
            for (int length : new int[] {1, 3, 5, 7, 9, 19, 21}) {
                byte[] message = new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                        .attribute(type, new byte[length])
                        .toBytes();
                assertEquals(
                        MalformedStun.ATTRIBUTE_VALUE,
                        StunDecoder.decode(ByteBuffer.wrap(message)),
                        Integer.toHexString(type) + " of " + length);
            }
        }
    }

    @ParameterizedTest(name = "attribute {0}: {1} bytes")
    @CsvSource({"0x0006, 513", "0x0014, 763", "0x0015, 763"})
    void namesAreNoLongerThanTheRfcHasThem(String type, int most) {
        int attribute = Integer.decode(type);
        assertInstanceOf(StunMessage.class, StunDecoder.decode(withAttribute(attribute, most)));
        assertEquals(MalformedStun.ATTRIBUTE_VALUE, StunDecoder.decode(withAttribute(attribute, most + 1)));
    }

    @Test
    void aMessageIsNoLongerThanACheckCanBe() {
        int unknown = 0xC0FE;
        int headers = Stun.HEADER_LENGTH + 4;
        assertInstanceOf(StunMessage.class, StunDecoder.decode(withAttribute(unknown, 2_048 - headers)));
        assertEquals(MalformedStun.LENGTH, StunDecoder.decode(withAttribute(unknown, 2_052 - headers)));
    }

    private static ByteBuffer withAttribute(int type, int length) {
        return ByteBuffer.wrap(new StunEncoder(StunClass.REQUEST, new TransactionId(1, 2))
                .attribute(type, new byte[length])
                .toBytes());
    }
}
