package io.github.purrtc.ice.internal.harvest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetSocketAddress;

import static org.junit.jupiter.api.Assertions.assertEquals;

class TurnAttemptTest {
    @ParameterizedTest
    @CsvSource({
        "192.0.2.1, 198.51.100.1, 3478, true",
        "2001:db8::1, 2001:db8::2, 3478, true",
        "127.0.0.1, 127.0.0.1, 3479, true",
        "192.0.2.1, 198.51.100.1, 0, false",
        "192.0.2.1, 127.0.0.1, 3478, false",
        "2001:db8::1, ::1, 3478, false",
        "192.0.2.1, 0.0.0.0, 3478, false",
        "192.0.2.1, 224.0.0.1, 3478, false",
        "192.0.2.1, 169.254.169.254, 80, false",
        "192.0.2.1, 2001:db8::2, 3478, false"
    })
    void aServerCannotSendUsAnywhere(String server, String alternate, int port, boolean follows) {
        assertEquals(
                follows,
                TurnAttempt.mayFollow(new InetSocketAddress(server, 3_478), new InetSocketAddress(alternate, port)));
    }
}
