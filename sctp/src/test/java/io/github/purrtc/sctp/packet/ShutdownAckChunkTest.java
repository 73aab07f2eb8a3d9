package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class ShutdownAckChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // SHUTDOWN ACK
        assertWire("""
                08 00 0004
                """, new ShutdownAckChunk());
    }
}
