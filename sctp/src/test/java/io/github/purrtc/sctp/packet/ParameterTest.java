package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.github.purrtc.sctp.packet.WireTesting.hex;
import static org.junit.jupiter.api.Assertions.*;

class ParameterTest {
    static Stream<Arguments> parameters() {
        return Stream.of(
                Arguments.of("0001 0006 abcd", new HeartbeatInfoParameter(bytes("abcd"))),
                Arguments.of("0007 0007 010203", new StateCookieParameter(bytes("010203"))),
                Arguments.of("0008 0008 c0de0004", new UnrecognizedParameter(bytes("c0de0004"))),
                Arguments.of("0009 0008 ffffffff", new CookiePreservativeParameter(0xFFFF_FFFFL)),
                Arguments.of("8008 0006 82c0", SupportedExtensionsParameter.of(130, 192)),
                Arguments.of("c000 0004", new ForwardTsnSupportedParameter()),
                Arguments.of("8001 0008 00000001", new ZeroChecksumAcceptableParameter(1)),
                Arguments.of("0005 0008 7f000001", new AddressParameter(5, bytes("7f000001"))),
                Arguments.of(
                        "0006 0014 00000000000000000000000000000001",
                        new AddressParameter(6, bytes("00000000000000000000000000000001"))),
                Arguments.of("000b 0007 637400", new AddressParameter(11, bytes("637400"))),
                Arguments.of("000c 0006 0005", new AddressParameter(12, bytes("0005"))),
                Arguments.of(
                        "000d 0014 00000001 00000002 00000003 0004 ffff",
                        new OutgoingSsnResetRequest(1, 2, 3, new int[] {4, 65_535})),
                Arguments.of("000d 0010 00000001 00000002 00000003", new OutgoingSsnResetRequest(1, 2, 3, new int[0])),
                Arguments.of("000e 000a 00000001 0002", new IncomingSsnResetRequest(1, new int[] {2})),
                Arguments.of("000f 0008 ffffffff", new SsnTsnResetRequest(-1)),
                Arguments.of("0010 000c 00000001 00000006", new ReConfigurationResponse(1, 6)),
                Arguments.of(
                        "0010 0014 00000001 00000001 00000002 00000003",
                        new ReConfigurationResponse(1, 1, new ReConfigurationResponse.NextTsns(2, 3))),
                Arguments.of("0011 000c 00000001 0002 0000", new AddOutgoingStreamsRequest(1, 2)),
                Arguments.of("0012 000c 00000001 ffff 0000", new AddIncomingStreamsRequest(1, 65_535)),
                Arguments.of("c006 0008 00000000", new UnknownParameter(0xC006, bytes("00000000"))));
    }

    @ParameterizedTest
    @MethodSource("parameters")
    void isWhatTheRfcSays(String wire, Parameter parameter) throws MalformedPacketException {
        byte[] value = hex(wire);
        int padded = (value.length + 3) & ~3;
        String header = String.format("0400%04x", value.length + 4);
        WireTesting.assertWire(
                header + wire + "00".repeat(padded - value.length), new HeartbeatChunk(List.of(parameter)));
    }

    @Test
    void theListAboveIsComplete() {
        Set<Class<?>> seen =
                parameters().map(arguments -> arguments.get()[1].getClass()).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Arrays.asList(Parameter.class.getPermittedSubclasses())), seen);
    }

    @Test
    void supportedExtensionsSayWhatTheySupport() {
        SupportedExtensionsParameter supported = SupportedExtensionsParameter.of(130, 192);
        assertTrue(supported.supports(ReConfigChunk.TYPE));
        assertTrue(supported.supports(ForwardTsnChunk.TYPE));
        assertFalse(supported.supports(IDataChunk.TYPE));
    }

    private static Bytes bytes(String hex) {
        return Bytes.copyOf(hex(hex));
    }
}
