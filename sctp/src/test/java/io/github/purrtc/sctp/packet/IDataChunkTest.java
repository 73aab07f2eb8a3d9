package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.util.Arrays;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class IDataChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // I-DATA, U=1 B=1, TSN 7, stream 3, MID 9, PPID 53 (WebRTC Binary), two bytes, padded by 2
        assertWire(
                """
                40 06 0016
                00000007 0003 0000 00000009 00000035
                abcd 0000
                """,
                new IDataChunk(
                        DataFlags.UNORDERED | DataFlags.BEGINNING, 7, 3, 9, 53, ByteBuffer.wrap(hex("abcd")), 0, 2));
    }

    @Test
    void writesFromThePayloadInPlace() {
        ByteBuffer out = ByteBuffer.allocate(48);
        PacketWriter writer = new PacketWriter();
        writer.begin(out, 48, 0, 0, 0);

        writer.addIData(DataFlags.END, 8, 0xFFFE, 9, 1, 4);
        writer.putUserData(hex("0102030405"), 1, 4);

        assertArrayEquals(
                hex("40 01 0018 00000008 fffe 0000 00000009 00000001 02030405"),
                Arrays.copyOfRange(out.array(), 12, out.position()));
    }
}
