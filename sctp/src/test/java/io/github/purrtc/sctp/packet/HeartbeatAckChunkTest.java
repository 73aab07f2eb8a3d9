package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class HeartbeatAckChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // Heartbeat Info of 6 bytes, padded by 2
        assertWire("""
                05 00 000e
                0001 000a 0102030405ff 0000
                """, new HeartbeatAckChunk(List.of(new HeartbeatInfoParameter(Bytes.copyOf(hex("0102030405ff"))))));
    }
}
