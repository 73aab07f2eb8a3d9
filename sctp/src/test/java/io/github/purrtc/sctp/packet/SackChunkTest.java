package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class SackChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // SACK: cumulative TSN 0x10, a_rwnd 0x80000000, gaps 2-3 and 5-5, duplicate 0x0F
        assertWire("""
                03 00 001c
                00000010 80000000 0002 0001
                0002 0003 0005 0005
                0000000f
                """, new SackChunk(0x10, 0x8000_0000L, new int[] {2, 3, 5, 5}, new int[] {0x0F}));
    }

    @Test
    void rejectsCountsThatDoNotMatchTheLength() {
        for (String counts : List.of("0001 0000", "0000 0001", "ffff ffff", "0000 0000")) {
            byte[] bytes = hex("03 00 0018 00000010 00001000" + counts + "00020003 00000004");
            bytes[3] = (byte) bytes.length;
            assertThrows(MalformedPacketException.class, () -> decode(bytes), counts);
        }
    }
}
