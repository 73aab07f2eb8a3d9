package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class ReConfigChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // RE-CONFIG: Outgoing SSN Reset Request for stream 1 (padded by 2), Response performed
        assertWire(
                """
                82 00 0024
                000d 0012 a0000001 b0000002 00c00003 0001 0000
                0010 000c b0000003 00000001
                """,
                new ReConfigChunk(List.of(
                        new OutgoingSsnResetRequest(0xA0000001, 0xB0000002, 0x00C00003, new int[] {1}),
                        new ReConfigurationResponse(0xB0000003, ReConfigurationResponse.RESULT_PERFORMED))));
    }
}
