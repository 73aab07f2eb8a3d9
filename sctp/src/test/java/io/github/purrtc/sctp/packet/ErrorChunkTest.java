package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class ErrorChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // ERROR: Stale Cookie by 200 ms, then Unrecognized Chunk Type with the chunk
        assertWire(
                """
                09 00 0014
                0003 0008 00030d40
                0006 0008 fe000004
                """,
                new ErrorChunk(List.of(
                        new StaleCookieCause(200_000), new UnrecognizedChunkTypeCause(Bytes.copyOf(hex("fe000004"))))));
    }
}
