package io.github.purrtc.ice.internal.harvest;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** URLs of RFC 7064 and RFC 7065. */
class ServerUrlProperties {
    @Property
    void partsAreReadAsTheyWereWritten(
            @ForAll ServerUrl.Scheme scheme,
            @ForAll("hosts") String host,
            @ForAll @IntRange(min = 1, max = 65_535) int port,
            @ForAll ServerUrl.Transport transport) {
        boolean relays = scheme == ServerUrl.Scheme.TURN || scheme == ServerUrl.Scheme.TURNS;
        String query = relays ? "?transport=" + transport.name().toLowerCase(java.util.Locale.ROOT) : "";
        String bracketed = host.contains(":") ? "[" + host + "]" : host;
        String text = scheme.name().toLowerCase(java.util.Locale.ROOT) + ":" + bracketed + ":" + port + query;
        ServerUrl url = ServerUrl.parse(text);
        assertEquals(text, url.url());
        assertEquals(scheme, url.scheme());
        assertEquals(host, url.host());
        assertEquals(port, url.port());
        assertEquals(relays, url.relays());
        if (relays) {
            assertEquals(transport, url.transport());
        }
        assertEquals(url, ServerUrl.parse(url.url()));
    }

    @Provide
    Arbitrary<String> hosts() {
        return Arbitraries.oneOf(
                Arbitraries.of("192.0.2.1", "::1", "2001:db8::7", "localhost", "a-b.example.org", "x_y"),
                Arbitraries.strings().withCharRange('a', 'z').ofMinLength(1).ofMaxLength(40));
    }

    @Example
    void anUrlIsNoLongerThan512Characters() {
        String longest = "stun:" + "a".repeat(507);
        assertEquals(507, ServerUrl.parse(longest).host().length());
        assertThrows(IllegalArgumentException.class, () -> ServerUrl.parse(longest + "a"));
    }

    @Example
    void whatIsLeftOutHasItsUsualValue() {
        assertEquals(3_478, ServerUrl.parse("stun:a").port());
        assertEquals(5_349, ServerUrl.parse("stuns:a").port());
        assertEquals(3_478, ServerUrl.parse("turn:a").port());
        assertEquals(5_349, ServerUrl.parse("turns:a").port());
        assertEquals(ServerUrl.Transport.UDP, ServerUrl.parse("turn:a").transport());
        assertEquals(ServerUrl.Transport.TCP, ServerUrl.parse("TURNS:a").transport());
        assertTrue(ServerUrl.parse("turns:a?transport=udp").isDtls());
    }

    @Property
    void anyTextGivesAUrlOrOneKindOfException(@ForAll String text, @ForAll ServerUrl.Scheme scheme) {
        parseOrRefuse(text);
        parseOrRefuse(scheme + ":" + text);
    }

    private static void parseOrRefuse(String text) {
        try {
            assertNotNull(ServerUrl.parse(text));
        } catch (IllegalArgumentException e) {
            assertNotNull(e.getMessage());
        }
    }

    @Example
    void aPasswordInTheWrongPlaceIsNotRepeated() {
        IllegalArgumentException refused =
                assertThrows(IllegalArgumentException.class, () -> ServerUrl.parse("turn:mia:secret@host"));
        assertFalse(refused.getMessage().contains("secret"));
        assertTrue(refused.getMessage().contains("@host"));
    }
}
