package io.github.purrtc.examples;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class OrtcParametersTest {
    private static final String FINGERPRINT = "AB" + ":AB".repeat(31);
    private static final String LINE = "{\"iceParameters\":{\"usernameFragment\":\"abcd\","
            + "\"password\":\"abcdefghijklmnopqrstuv\",\"iceLite\":false},\"iceCandidates\":[{\"foundation\":\"1\","
            + "\"priority\":2130706431,\"ip\":\"192.0.2.1\",\"protocol\":\"udp\",\"port\":5,\"type\":\"host\"},"
            + "{\"foundation\":\"2\",\"priority\":1,\"ip\":\"192.0.2.1\",\"protocol\":\"tcp\",\"port\":9,"
            + "\"type\":\"srflx\",\"tcpType\":\"active\",\"relatedAddress\":\"10.0.0.1\",\"relatedPort\":7}],"
            + "\"dtlsParameters\":{\"role\":\"auto\",\"fingerprints\":[{\"algorithm\":\"sha-256\",\"value\":\""
            + FINGERPRINT + "\"}]},\"sctpParameters\":{\"maxMessageSize\":0,\"port\":5000}}";

    @Test
    void readsWhatItWrites() {
        assertEquals(LINE, OrtcParameters.parse(LINE).toJson());
    }

    @Test
    void takesSctpParametersWithoutAPort() {
        OrtcParameters parameters = OrtcParameters.parse(LINE.replace("\"maxMessageSize\":0,\"port\":5000", ""));
        assertEquals(5_000, parameters.sctp().port());
        assertEquals(65_536, parameters.sctp().maxMessageSize());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "iceParameters | iceParametres",
                "2130706431 | 4294967296",
                "\"udp\" | \"sctp\"",
                "\"auto\" | \"both\"",
                "\"port\":5, | \"port\":65536,",
                "\"port\":5, | \"port\":\"5\",",
                "\"port\":5, | ",
                "AB: | XY:",
                "abcdefghijklmnopqrstuv | short",
                "192.0.2.1 | 192.0.2.1 or so",
                "\"port\":5000 | \"port\":0"
            })
    void saysWhatIsWrong(String right, String wrong) {
        String line = LINE.replace(right, wrong == null ? "" : wrong);
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> OrtcParameters.parse(line));
        assertTrue(error.getMessage() != null && !error.getMessage().isBlank());
    }

    @Test
    void everyPrefixIsRefused() {
        for (int length = 0; length < LINE.length(); length++) {
            String prefix = LINE.substring(0, length);
            assertThrows(IllegalArgumentException.class, () -> OrtcParameters.parse(prefix));
        }
    }
}
