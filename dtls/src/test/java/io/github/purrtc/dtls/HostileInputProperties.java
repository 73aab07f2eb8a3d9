package io.github.purrtc.dtls;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

import java.util.Arrays;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;

/** Whatever arrives, nothing escapes and nothing ends. */
class HostileInputProperties {
    private static final Pair connected = new Pair();

    @BeforeContainer
    static void connect() {
        connected.connect();
    }

    @AfterContainer
    static void close() {
        connected.close();
    }

    /** A well-formed record or any bytes. */
    @Provide
    Arbitrary<byte[]> datagrams() {
        Arbitrary<byte[]> bytes = Arbitraries.bytes().array(byte[].class).ofMaxSize(200);
        Arbitrary<byte[]> records = Combinators.combine(
                        Arbitraries.integers().between(20, 25),
                        Arbitraries.integers().between(0, 2),
                        Arbitraries.longs().between(0, 200),
                        bytes)
                .as(HandmadeRecords::record);
        Arbitrary<byte[]> fragments = Combinators.combine(
                        Arbitraries.longs().between(0, 2000),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 40_000),
                        Arbitraries.integers().between(1, 20),
                        Arbitraries.integers().between(0, 20_000),
                        Arbitraries.integers().between(0, 200))
                .as(HandmadeRecords::fragment);
        return Arbitraries.oneOf(bytes, records, fragments);
    }

    @Property(tries = 2000)
    void aConnectionGoesOn(@ForAll("datagrams") byte[] datagram) {
        connected.a.inject(datagram);
        connected.z.inject(datagram);
        assertEquals(DtlsTransportState.CONNECTED, connected.a.transport.state());
        assertEquals(DtlsTransportState.CONNECTED, connected.z.transport.state());
        assertEquals(List.of(), connected.z.received);
    }

    /** An outsider's alerts and messages can end a handshake; it must end in order, and without application data. */
    @Property(tries = 25)
    void aHandshakeEndsInOneWayOrTheOther(@ForAll @Size(max = 30) List<@From("datagrams") byte[]> datagrams) {
        try (Pair pair = new Pair(Pair.OPTIONS.withHandshakeTimeoutMillis(400))) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            datagrams.forEach(pair.z::inject);
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            pair.loop.await(
                    "the end of the handshake",
                    () -> pair.a.transport.state() != DtlsTransportState.CONNECTING
                            && pair.z.transport.state() != DtlsTransportState.CONNECTING);
            assertEquals(List.of(), pair.z.received);
        }
    }

    @Example
    void aClientHelloTruncatedAnywhereChangesNothing() {
        byte[] hello = connected.a.sent.get(0);
        try (Pair pair = new Pair()) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            for (int length = 0; length < hello.length; length++) {
                pair.z.inject(Arrays.copyOf(hello, length));
            }
            assertEquals(hello.length - 1, pair.z.transport.discarded(), "an empty datagram has nothing wrong in it");
            pair.a.start(DtlsRole.CLIENT, pair.z.certificate.fingerprints());
            pair.a.awaitState(DtlsTransportState.CONNECTED);
            pair.z.awaitState(DtlsTransportState.CONNECTED);
        }
    }

    @Example
    void aHandshakeOfOthersTruncatedAnywhereChangesNothing() {
        for (Peer peer : List.of(connected.a, connected.z)) {
            for (byte[] datagram : List.copyOf(peer.sent)) {
                for (int length = 0; length <= datagram.length; length++) {
                    connected.z.inject(Arrays.copyOf(datagram, length));
                    connected.a.inject(Arrays.copyOf(datagram, length));
                }
            }
        }
        assertEquals(DtlsTransportState.CONNECTED, connected.a.transport.state());
        assertEquals(DtlsTransportState.CONNECTED, connected.z.transport.state());
    }
}
