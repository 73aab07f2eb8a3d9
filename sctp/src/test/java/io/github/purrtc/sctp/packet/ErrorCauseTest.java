package io.github.purrtc.sctp.packet;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static io.github.purrtc.sctp.packet.WireTesting.hex;
import static org.junit.jupiter.api.Assertions.*;

@DisplayName("C191: error causes 1 to 13 and unknown ones")
class ErrorCauseTest {
    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of("0001 0008 ffff 0000", new InvalidStreamIdentifierCause(65_535)),
                Arguments.of("0002 000c 00000002 0007 8008", new MissingMandatoryParameterCause(List.of(7, 0x8008))),
                Arguments.of("0002 000a 00000001 0007", new MissingMandatoryParameterCause(List.of(7))),
                Arguments.of("0003 0008 80000000", new StaleCookieCause(0x8000_0000L)),
                Arguments.of("0004 0004", new OutOfResourceCause()),
                Arguments.of("0005 000c 000b000763740000", new UnresolvableAddressCause(bytes("000b000763740000"))),
                Arguments.of("0006 0008 fe000004", new UnrecognizedChunkTypeCause(bytes("fe000004"))),
                Arguments.of("0007 0004", new InvalidMandatoryParameterCause()),
                Arguments.of("0008 0008 c0de0004", new UnrecognizedParametersCause(bytes("c0de0004"))),
                Arguments.of("0009 0008 fffffffe", new NoUserDataCause(-2)),
                Arguments.of("000a 0004", new CookieReceivedWhileShuttingDownCause()),
                Arguments.of("000b 000c 000500087f000001", new RestartWithNewAddressesCause(bytes("000500087f000001"))),
                Arguments.of("000c 0007 627965", new UserInitiatedAbortCause(Bytes.utf8("bye"))),
                Arguments.of("000d 0005 3f", new ProtocolViolationCause(Bytes.utf8("?"))),
                Arguments.of("0000 0004", new UnknownCause(0, Bytes.EMPTY)),
                Arguments.of("ffff 0006 0102", new UnknownCause(65_535, bytes("0102"))));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void isWhatTheRfcSays(String wire, ErrorCause cause) throws MalformedPacketException {
        byte[] value = hex(wire);
        int padded = (value.length + 3) & ~3;
        String length = String.format("%04x", value.length + 4);
        String padding = "00".repeat(padded - value.length);
        WireTesting.assertWire("0900" + length + wire + padding, new ErrorChunk(List.of(cause)));
        WireTesting.assertWire("0600" + length + wire + padding, new AbortChunk(false, List.of(cause)));
    }

    @Test
    void theListAboveIsComplete() {
        Set<Class<?>> seen =
                causes().map(arguments -> arguments.get()[1].getClass()).collect(Collectors.toSet());
        assertEquals(new HashSet<>(Arrays.asList(ErrorCause.class.getPermittedSubclasses())), seen);
    }

    @ParameterizedTest(name = "C21: {0}")
    @ValueSource(
            strings = {
                "000c 0000",
                "000c 0003",
                "000c 0005",
                "000c ffff",
                "0003 0004",
                "0003 0009 00000000 00",
                "0002 0008 00000001",
                "0002 000a 80000001 0007",
                "00",
                "000c 00"
            })
    void malformedCausesMakeAMalformedErrorChunk(String wire) {
        byte[] bytes = hex("0900 0000" + wire);
        bytes[3] = (byte) bytes.length;
        assertThrows(MalformedPacketException.class, () -> WireTesting.decode(bytes));
    }

    private static Bytes bytes(String hex) {
        return Bytes.copyOf(hex(hex));
    }
}
