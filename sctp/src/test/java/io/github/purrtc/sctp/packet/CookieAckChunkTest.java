package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class CookieAckChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // COOKIE ACK
        assertWire("""
                0b 00 0004
                """, new CookieAckChunk());
    }

    @Test
    void rejectsAValue() {
        assertThrows(MalformedPacketException.class, () -> decode(hex("0b 00 0005 00 000000")));
    }
}
