package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;

import java.util.List;

import static io.github.purrtc.sctp.packet.WireTesting.*;
import static org.junit.jupiter.api.Assertions.*;

class InitChunkTest {
    @Test
    void fromCapture() throws MalformedPacketException {
        // INIT as browsers send it: tag, a_rwnd 5 MiB, 65535/65535 streams, initial TSN,
        // Forward-TSN-Supported, Supported Extensions: RE-CONFIG, FORWARD TSN, I-DATA, I-FORWARD-TSN, padded
        assertWire(
                """
                01 00 0020
                8f1d3a55 00500000 ffff ffff d7a3f001
                c000 0004
                8008 0008 82c040c2
                """,
                new InitChunk(
                        0x8F1D3A55,
                        5 << 20,
                        65_535,
                        65_535,
                        0xD7A3F001,
                        List.of(
                                new ForwardTsnSupportedParameter(),
                                SupportedExtensionsParameter.of(130, 192, 64, 194))));
    }

    @Test
    void ofTwoParametersTheFirstCounts() throws MalformedPacketException {
        InitChunk init = (InitChunk)
                decode(hex("01 00 0024 00000001 00001000 0001 0001 00000001 8001 0008 00000001 8001 0008 00000002"));

        assertEquals(
                new ZeroChecksumAcceptableParameter(1),
                Parameter.first(ZeroChecksumAcceptableParameter.class, init.parameters()));
        assertNull(Parameter.first(StateCookieParameter.class, init.parameters()));
    }

    @Test
    void paddingOfTheLastParameterMayBeCountedOrNot() throws MalformedPacketException {
        String fixed = "00000001 00001000 0001 0001 00000001 8008 0005 82";
        assertEquals(decode(hex("01 00 0019" + fixed)), decode(hex("01 00 001c" + fixed + "000000")));
    }

    @Test
    void rejectsParametersThatDoNotFit() {
        String fixed = "00000001 00001000 0001 0001 00000001";
        for (String parameter : List.of("c000 0000", "c000 0003", "c000 0005", "8008 ffff", "c000", "00")) {
            byte[] bytes = hex("01 00 0000" + fixed + parameter);
            bytes[3] = (byte) bytes.length;
            assertThrows(MalformedPacketException.class, () -> decode(bytes), parameter);
        }
    }
}
