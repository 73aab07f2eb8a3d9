package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class CookieEchoChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // COOKIE ECHO of 6 bytes, padded by 2
        assertWire("""
                0a 00 000a
                c00c1ec00c1e 0000
                """, new CookieEchoChunk(Bytes.copyOf(hex("c00c1ec00c1e"))));
    }
}
