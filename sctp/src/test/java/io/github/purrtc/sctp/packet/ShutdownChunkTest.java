package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class ShutdownChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // SHUTDOWN, cumulative TSN ack
        assertWire("""
                07 00 0008 fedcba98
                """, new ShutdownChunk(0xFEDCBA98));
    }

    @Test
    void rejectsTrailingBytes() {
        assertThrows(MalformedPacketException.class, () -> decode(hex("07 00 000c fedcba98 00000000")));
    }
}
