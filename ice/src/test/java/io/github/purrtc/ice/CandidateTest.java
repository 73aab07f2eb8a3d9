package io.github.purrtc.ice;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.InetSocketAddress;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class CandidateTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "candidate:0a2223cf 1 udp 2113937151 10.34.35.207 60042 typ host",
                "candidate:842163049 1 udp 1677729535 198.51.100.7 40678 typ srflx raddr 10.0.0.5 rport 40678",
                "candidate:1 1 udp 41885439 2001:db8::7 49152 typ relay raddr 0.0.0.0 rport 0",
                "candidate:4 1 tcp 1518280447 192.0.2.9 9 typ host tcptype active",
                "candidate:1 1 udp 2122260223 9b36eaac-bb2e-49bb-bb78-21c41c499900.local 10004 typ host ufrag EsAw",
                "candidate:x/+ 256 udp 4294967295 ::ffff:0:1 65535 typ prflx"
            })
    void linesAreWrittenAsTheyWereRead(String line) {
        assertEquals(line, Candidate.parse(line).toString());
        assertEquals(Candidate.parse(line), Candidate.parse("a=" + line + "\r\n"));
        assertEquals(Candidate.parse(line), Candidate.parse(line.substring("candidate:".length())));
    }

    @Test
    void extensionsOfBrowsersArePassedOver() {
        Candidate candidate = Candidate.parse("candidate:1 1 UDP 2122260223 10.0.0.1 10004 typ host generation 0 ufrag"
                + " EsAw network-id 1 network-cost 10 something else");
        assertEquals("EsAw", candidate.usernameFragment());
        assertEquals("candidate:1 1 udp 2122260223 10.0.0.1 10004 typ host ufrag EsAw", candidate.toString());
        assertEquals(new InetSocketAddress("10.0.0.1", 10004), candidate.socketAddress());
    }

    @Test
    void namesAreNotLookedUp() {
        Candidate candidate = Candidate.parse("1 1 udp 5 some-host.LOCAL 1 typ host");
        assertTrue(candidate.isMdns());
        assertNull(candidate.socketAddress());
        assertFalse(Candidate.parse("1 1 udp 5 example.org 1 typ host").isMdns());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                                                    | foundation",
                "candidate:                                            | foundation",
                "1                                                     | component",
                "1 0 udp 5 10.0.0.1 1 typ host                         | component",
                "1 257 udp 5 10.0.0.1 1 typ host                       | component",
                "1 x udp 5 10.0.0.1 1 typ host                         | component",
                "1 1 sctp 5 10.0.0.1 1 typ host                        | transport",
                "1 1 udp -5 10.0.0.1 1 typ host                        | priority",
                "1 1 udp 0 10.0.0.1 1 typ host                         | priority",
                "1 1 udp 4294967296 10.0.0.1 1 typ host                | priority",
                "1 1 udp 5 10.0.0.256 1 typ host                       | address",
                "1 1 udp 5 10.0.0 1 typ host                           | address",
                "1 1 udp 5 010.0.0.1 1 typ host                        | address",
                "1 1 udp 5 fe80::1%eth0 1 typ host                     | address",
                "1 1 udp 5 1::2::3 1 typ host                          | address",
                "1 1 udp 5 1:2:3:4:5:6:7:8:9 1 typ host                | address",
                "1 1 udp 5 1:2:3:4:5:6:7 1 typ host                    | address",
                "1 1 udp 5 12345:: 1 typ host                          | address",
                "1 1 udp 5 <b> 1 typ host                              | address",
                "1 1 udp 5 10.0.0.1 65536 typ host                     | port",
                "1 1 udp 5 10.0.0.1 -1 typ host                        | port",
                "1 1 udp 5 10.0.0.1 1 type host                        | typ",
                "1 1 udp 5 10.0.0.1 1 typ                              | type",
                "1 1 udp 5 10.0.0.1 1 typ guest                        | type",
                "1 1 udp 5 10.0.0.1 1 typ host raddr                   | raddr",
                "1 1 udp 5 10.0.0.1 1 typ host raddr ! rport 1         | related address",
                "1 1 udp 5 10.0.0.1 1 typ host rport 70000             | related port",
                "1 1 udp 5 10.0.0.1 1 typ host tcptype active          | tcptype",
                "1 1 tcp 5 10.0.0.1 1 typ host tcptype lazy            | tcptype",
                "1 1 udp 5 10.0.0.1 1 typ host ufrag a:b               | ufrag",
                "123456789012345678901234567890123 1 udp 5 10.0.0.1 1 typ host | foundation",
                "ä 1 udp 5 10.0.0.1 1 typ host                         | foundation"
            })
    void whatIsWrongIsNamed(String line, String named) {
        IllegalArgumentException error = assertThrows(IllegalArgumentException.class, () -> Candidate.parse(line));
        assertTrue(error.getMessage().contains(named), error.getMessage());
    }

    @Test
    void nothingIsSmuggledIntoALine() {
        assertThrows(
                IllegalArgumentException.class,
                () -> Candidate.parse("1 1 udp 5 10.0.0.1 1 typ host ufrag abcd\r\na=setup:active"));
        String line = "1 1 udp 5 10.0.0.1 1 typ host x ";
        String longest = line + "y".repeat(2_048 - line.length());
        assertEquals(1, Candidate.parse(longest).port());
        assertThrows(IllegalArgumentException.class, () -> Candidate.parse(longest + "y"));
        Candidate fine = Candidate.parse("1 1 udp 5 10.0.0.1 1 typ host");
        assertThrows(IllegalArgumentException.class, () -> fine.withUsernameFragment("a\r\nb"));
    }

    @Test
    void credentialsAreOfTheirFormAndThePasswordIsNotPrinted() {
        IceParameters parameters = new IceParameters("jSK7", "0VKG3HGGSJO8NsuSoDuGWhz9b14J5wai", false);
        assertFalse(parameters.toString().contains("0VKG"));
        assertThrows(IllegalArgumentException.class, () -> new IceParameters("abc", parameters.password(), false));
        assertThrows(IllegalArgumentException.class, () -> new IceParameters("ab:d", parameters.password(), false));
        String shortPassword = "0VKG3HGGSJO8NsuSoDuGW";
        IllegalArgumentException error =
                assertThrows(IllegalArgumentException.class, () -> new IceParameters("abcd", shortPassword, false));
        assertFalse(error.getMessage().contains(shortPassword));
    }
}
