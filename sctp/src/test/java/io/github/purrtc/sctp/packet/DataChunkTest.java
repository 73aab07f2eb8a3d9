package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class DataChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // DATA, I=0 U=0 B=1 E=1, TSN 0x60F1A2B3, stream 1, SSN 2, PPID 51 (WebRTC String), "purr!", padded by 3
        assertWire(
                """
                00 03 0015
                60f1a2b3 0001 0002 00000033
                7075727221 000000
                """,
                new DataChunk(
                        DataFlags.BEGINNING | DataFlags.END,
                        0x60F1A2B3,
                        1,
                        2,
                        51,
                        ByteBuffer.wrap(hex("ff7075727221")),
                        1,
                        5));
    }

    @Test
    void writesFromThePayloadInPlace() {
        ByteBuffer payload = ByteBuffer.wrap(hex("00112233445566")).position(3);
        ByteBuffer out = ByteBuffer.allocate(48);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 48, 0, 0, 0);

        writer.addData(DataFlags.UNORDERED, -1, 65_535, 65_535, -2, 3);
        writer.putUserData(payload, 2, 3);

        assertEquals(3, payload.position());
        assertEquals(32, out.position());
        assertArrayEquals(
                hex("00 04 0013 ffffffff ffff ffff fffffffe 223344 00"), Arrays.copyOfRange(out.array(), 12, 32));
    }

    @Test
    void ignoresReservedFlags() throws MalformedPacketException {
        DataChunk chunk = (DataChunk) decode(hex("00 f3 0011 00000001 0000 0000 00000035 aa"));
        assertEquals(3, chunk.flags());
    }
}
