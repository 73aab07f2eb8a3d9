package io.github.purrtc.ice.internal.turn;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

class TurnFramesTest {
    private final TurnFrames frames = new TurnFrames();
    private final List<byte[]> received = new ArrayList<>();

    private boolean receive(byte[] bytes) {
        return frames.receive(ByteBuffer.wrap(bytes), message -> {
            byte[] copy = new byte[message.remaining()];
            message.get(copy);
            received.add(copy);
        });
    }

    private static byte[] channelData(int length) {
        byte[] bytes = new byte[4 + ((length + 3) & ~3)];
        ByteBuffer.wrap(bytes).putShort((short) 0x4000).putShort((short) length);
        return bytes;
    }

    private static byte[] stun(int dataLength) {
        return new StunEncoder(StunClass.INDICATION, Turn.DATA_METHOD, TransactionId.random(new Random(1)))
                .attribute(Turn.DATA, new byte[dataLength])
                .toBytes();
    }

    /** Whatever the pieces in which a stream arrives, its messages are the same. */
    @Property(tries = 300)
    void messagesAreCutWhereTheyEnd(
            @ForAll @Size(min = 1, max = 20) List<@IntRange(min = 0, max = 3_000) Integer> lengths,
            @ForAll @Size(min = 1, max = 10) List<@IntRange(min = 1, max = 5_000) Integer> pieces) {
        TurnFramesTest test = new TurnFramesTest();
        List<byte[]> sent = new ArrayList<>();
        ByteArrayOutputStream stream = new ByteArrayOutputStream();
        for (int length : lengths) {
            byte[] message = length % 2 == 0 ? channelData(length) : stun(length);
            sent.add(message);
            stream.writeBytes(message);
        }
        ByteBuffer bytes = ByteBuffer.wrap(stream.toByteArray());
        for (int i = 0; bytes.hasRemaining(); i++) {
            byte[] piece = new byte[Math.min(bytes.remaining(), pieces.get(i % pieces.size()))];
            bytes.get(piece);
            assertTrue(test.receive(piece));
        }
        assertEquals(sent.size(), test.received.size());
        for (int i = 0; i < sent.size(); i++) {
            assertArrayEquals(sent.get(i), test.received.get(i));
        }
    }

    @Test
    void byteForByteTheLongestPasses() {
        byte[] longest = channelData(65_535);
        for (byte each : longest) {
            assertTrue(receive(new byte[] {each}));
        }
        assertEquals(1, received.size());
        assertArrayEquals(longest, received.get(0));
    }

    @Test
    void whatIsNoTurnEndsTheStream() {
        for (byte[] bad : new byte[][] {{0x16, 3, 1, 0}, {(byte) 0x80}, {0, 1, 0, 3}}) {
            TurnFramesTest test = new TurnFramesTest();
            assertTrue(test.receive(channelData(8)));
            assertEquals(1, test.received.size());
            assertFalse(test.receive(bad));
            assertFalse(test.receive(channelData(8)));
            assertEquals(1, test.received.size());
        }
    }

    @Property(tries = 300)
    void anyBytesAtAllBreakNothing(@ForAll @Size(max = 20) List<@Size(min = 1, max = 50) byte[]> pieces) {
        TurnFramesTest test = new TurnFramesTest();
        for (byte[] piece : pieces) {
            test.receive(piece);
        }
    }
}
