package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class ShutdownCompleteChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // SHUTDOWN COMPLETE, T=1
        assertWire("""
                0e 01 0004
                """, new ShutdownCompleteChunk(true));
    }
}
