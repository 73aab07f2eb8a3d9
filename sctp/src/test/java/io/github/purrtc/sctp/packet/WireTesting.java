package io.github.purrtc.sctp.packet;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** What every wire type has to prove. */
final class WireTesting {
    private WireTesting() {}

    static byte[] hex(String hex) {
        return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
    }

    /** Decodes one chunk, header first, padding last. */
    static Chunk decode(byte[] bytes) throws MalformedPacketException {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        int length = buffer.getShort(2) & 0xFFFF;
        return Chunk.decode(bytes[0] & 0xFF, bytes[1] & 0xFF, buffer, 4, length - 4);
    }

    static byte[] encode(Chunk chunk) {
        ByteBuffer out = ByteBuffer.allocate(chunk.paddedLength());
        chunk.write(out);
        assertEquals(0, out.remaining(), "paddedLength() is what was written");
        return out.array();
    }

    /** The bytes are that chunk, the chunk is those bytes, and no prefix of them makes anything but a chunk or a complaint. */
    static void assertWire(String hex, Chunk chunk) throws MalformedPacketException {
        byte[] bytes = hex(hex);
        assertEquals(chunk, decode(bytes));
        assertEquals(chunk.hashCode(), decode(bytes).hashCode());
        assertEquals(HexFormat.of().formatHex(bytes), HexFormat.of().formatHex(encode(chunk)));
        assertTruncationsHold(chunk);
    }

    /** A prefix of the value, whose length field says so, is malformed or a different chunk. */
    static void assertTruncationsHold(Chunk chunk) {
        byte[] bytes = Arrays.copyOf(encode(chunk), chunk.length());
        for (int length = 4; length < bytes.length; length++) {
            byte[] prefix = Arrays.copyOf(bytes, length);
            ByteBuffer.wrap(prefix).putShort(2, (short) length);
            try {
                assertNotEquals(chunk, decode(prefix));
            } catch (MalformedPacketException expected) {
                assertEquals(0, expected.getStackTrace().length);
            }
        }
    }

    static byte[] packet(int maxLength, Chunk... chunks) {
        ByteBuffer out = ByteBuffer.allocate(maxLength);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, maxLength, 5000, 5001, 0xCAFEBABE);
        for (Chunk chunk : chunks) {
            writer.add(chunk);
        }
        return Arrays.copyOf(out.array(), writer.finish(ChecksumMode.CRC32C));
    }

    /** Sets the right checksum of a packet that was tampered with. */
    static byte[] sealed(byte[] packet) {
        ByteBuffer buffer = ByteBuffer.wrap(packet);
        buffer.putInt(8, new PacketChecksum().of(buffer, 0, packet.length));
        return packet;
    }
}
