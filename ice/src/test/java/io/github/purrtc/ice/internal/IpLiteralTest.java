package io.github.purrtc.ice.internal;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.net.InetAddress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

class IpLiteralTest {
    @ParameterizedTest
    @DisplayName("an address has one form, that of RFC 5952")
    @CsvSource({
        "127.0.0.1, 127.0.0.1",
        "fd00:0:0:0:0:0:0:2, fd00::2",
        "0:0:0:0:0:0:0:1, ::1",
        "0:0:0:0:0:0:0:0, ::",
        "2001:0DB8:0:0:0:0:0:0, 2001:db8::",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "1:2:3:4:5:6:7:8, 1:2:3:4:5:6:7:8",
    })
    void isWrittenInOneForm(String text, String written) {
        InetAddress address = IpLiteral.parse(text);
        assertNotNull(address);
        assertEquals(written, IpLiteral.format(address));
        assertEquals(address, IpLiteral.parse(written));
    }
}
