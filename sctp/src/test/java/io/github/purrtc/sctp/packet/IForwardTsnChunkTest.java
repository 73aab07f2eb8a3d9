package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class IForwardTsnChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // I-FORWARD-TSN to 5, stream 1 unordered up to MID 2^32-1, stream 2 ordered up to MID 3
        assertWire(
                """
                c2 00 0018
                00000005 0001 0001 ffffffff 0002 0000 00000003
                """,
                new IForwardTsnChunk(
                        5,
                        List.of(
                                new IForwardTsnChunk.SkippedMessage(1, true, -1),
                                new IForwardTsnChunk.SkippedMessage(2, false, 3))));
    }
}
