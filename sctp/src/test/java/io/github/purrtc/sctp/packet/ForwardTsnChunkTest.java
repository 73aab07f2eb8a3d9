package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class ForwardTsnChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // FORWARD TSN to 0x7FFFFFFF, stream 1 up to SSN 65535, stream 65534 up to SSN 0
        assertWire(
                """
                c0 00 0010
                7fffffff 0001 ffff fffe 0000
                """,
                new ForwardTsnChunk(
                        0x7FFFFFFF,
                        List.of(
                                new ForwardTsnChunk.SkippedStream(1, 65_535),
                                new ForwardTsnChunk.SkippedStream(65_534, 0))));
    }
}
