package io.github.purrtc.ice.internal.stun;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Any bytes are a message or are malformed, and what is read of an address is written as it was read. */
class StunFuzzTest {
    private static final ShortTermKey KEY = new ShortTermKey("0123456789012345678901");

    @FuzzTest(maxDuration = "5m")
    void decodes(byte[] bytes) {
        read(bytes);
        read(asMessage(bytes));
    }

    /** Behind a header that is right, so that the attributes are reached. */
    private static byte[] asMessage(byte[] bytes) {
        byte[] attributes = Arrays.copyOf(bytes, Math.min(bytes.length, 2_000) & ~3);
        return ByteBuffer.allocate(Stun.HEADER_LENGTH + attributes.length)
                .putShort((short) StunClass.SUCCESS.messageType(Stun.BINDING))
                .putShort((short) attributes.length)
                .putInt(Stun.MAGIC_COOKIE)
                .position(Stun.HEADER_LENGTH)
                .put(attributes)
                .array();
    }

    private static void read(byte[] bytes) {
        byte[] before = bytes.clone();
        if (StunDecoder.decode(ByteBuffer.wrap(bytes)) instanceof StunMessage message) {
            assertTrue(message.others().size() <= bytes.length / 4, "more attributes than fit");
            assertFalse(message.isAuthentic(KEY), "nobody knows this key");
            InetSocketAddress seen = message.mappedAddress();
            if (seen != null) {
                byte[] written = new StunEncoder(StunClass.SUCCESS, message.id())
                        .xorMappedAddress(seen)
                        .toBytes();
                assertEquals(seen, StunVectorsTest.read(written).mappedAddress());
            }
        }
        assertTrue(Arrays.equals(before, bytes), "the datagram was changed");
    }
}
