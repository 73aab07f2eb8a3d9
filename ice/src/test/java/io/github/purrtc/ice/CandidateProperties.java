package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.IpLiteral;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;

import java.net.InetAddress;
import java.net.UnknownHostException;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;

class CandidateProperties {

    @Property
    void aCandidateIsReadAsItWasWritten(@ForAll("candidates") Candidate candidate) {
        assertEquals(candidate, Candidate.parse(candidate.toString()));
        assertEquals(candidate, Candidate.parse("a=" + candidate));
    }

    @Property
    void anyTextGivesACandidateOrOneKindOfException(@ForAll String text) {
        parseOrRefuse(text);
    }

    @Property
    void aLineCutOffOrSpoiltGivesACandidateOrOneKindOfException(
            @ForAll("candidates") Candidate candidate, @ForAll int cut, @ForAll char wrong) {
        String line = candidate.toString();
        int place = Math.floorMod(cut, line.length());
        parseOrRefuse(line.substring(0, place));
        parseOrRefuse(line.substring(0, place) + wrong + line.substring(place + 1));
    }

    private static void parseOrRefuse(String text) {
        try {
            assertNotNull(Candidate.parse(text));
        } catch (IllegalArgumentException e) {
            assertNotNull(e.getMessage());
        }
    }

    @Property
    void addressesAreReadAsTheyWereWritten(@ForAll @Size(16) byte[] v6, @ForAll @Size(4) byte[] v4)
            throws UnknownHostException {
        for (byte[] raw : new byte[][] {v6, v4}) {
            InetAddress address = InetAddress.getByAddress(raw);
            assertEquals(address, IpLiteral.parse(IpLiteral.format(address)));
        }
    }

    @Property
    void anyTextOfAddressCharactersIsReadAsTheJdkReadsItOrRefused(@ForAll("addressLike") String text) {
        InetAddress ours = IpLiteral.parse(text);
        if (ours != null) {
            try {
                assertEquals(InetAddress.getByName(text), ours);
            } catch (UnknownHostException e) {
                throw new AssertionError(text + " is an address for us alone", e);
            }
        }
    }

    @Provide
    Arbitrary<String> addressLike() {
        Arbitrary<String> parts = Arbitraries.of("::", ":", ".", "0", "1", "255", "ffff", "a0", "10.0.0.1", "12", "9");
        return parts.list().ofMinSize(1).ofMaxSize(18).map(list -> String.join("", list));
    }

    @Provide
    Arbitrary<Candidate> candidates() {
        Arbitrary<String> iceChars = Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('+', '/')
                .ofMinLength(4)
                .ofMaxLength(32);
        Arbitrary<String> addresses = Arbitraries.of(
                "10.0.0.1", "255.255.255.255", "2001:db8::1", "::", "fe80::1:2", "a-b.local", "example.org");
        Arbitrary<Integer> ports = Arbitraries.integers().between(0, 65535);
        return Combinators.combine(
                        iceChars,
                        Arbitraries.integers().between(1, 256),
                        Arbitraries.longs().between(1, 0xFFFF_FFFFL),
                        addresses,
                        ports,
                        Arbitraries.of(CandidateType.class),
                        addresses.injectNull(0.5),
                        Combinators.combine(
                                        Arbitraries.of(TcpType.class).injectNull(0.5), iceChars.injectNull(0.5), ports)
                                .as(Rest::new))
                .as((foundation, component, priority, address, port, type, related, rest) -> new Candidate(
                        foundation,
                        component,
                        rest.tcpType == null ? IceProtocol.UDP : IceProtocol.TCP,
                        priority,
                        address,
                        port,
                        type,
                        related,
                        related == null ? 0 : rest.relatedPort,
                        rest.tcpType,
                        rest.usernameFragment));
    }

    private record Rest(TcpType tcpType, String usernameFragment, int relatedPort) {}
}
