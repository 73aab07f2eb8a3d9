package io.github.purrtc.sctp.packet;

import com.code_intelligence.jazzer.junit.FuzzTest;

import java.nio.ByteBuffer;
import java.util.Arrays;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Any bytes are a packet or are refused, and what was read is written as it was read. */
class PacketFuzzTest {
    private static final int HEADER = 12;

    private final PacketReader reader = new PacketReader();

    @FuzzTest(maxDuration = "5m")
    void decodes(byte[] bytes) {
        read(bytes);
        if (bytes.length >= HEADER) {
            read(WireTesting.sealed(Arrays.copyOf(bytes, bytes.length & ~3)));
        }
    }

    private void read(byte[] bytes) {
        if (reader.wrap(ByteBuffer.wrap(bytes), ChecksumMode.CRC32C) != PacketStatus.VALID) {
            return;
        }
        int chunks = 0;
        while (reader.next()) {
            assertTrue(++chunks <= bytes.length / 4, "more chunks than fit");
            try {
                Chunk chunk = reader.decode();
                assertEquals(chunk, WireTesting.decode(WireTesting.encode(chunk)));
            } catch (MalformedPacketException e) {
                // What RFC 9260 does not know is refused, and refused as that.
                assertTrue(e.getMessage() != null);
            }
        }
    }
}
