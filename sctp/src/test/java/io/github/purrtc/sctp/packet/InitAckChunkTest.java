package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;

class InitAckChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // INIT ACK with a State Cookie of 5 bytes (padded by 3), then Zero Checksum Acceptable
        assertWire(
                """
                02 00 0028
                00000001 00100000 0100 0200 ffffffff
                0007 0009 c00c1e0001 000000
                8001 0008 00000001
                """,
                new InitAckChunk(
                        1,
                        1 << 20,
                        256,
                        512,
                        -1,
                        List.of(
                                new StateCookieParameter(Bytes.copyOf(hex("c00c1e0001"))),
                                new ZeroChecksumAcceptableParameter(ZeroChecksumAcceptableParameter.DTLS))));
    }
}
