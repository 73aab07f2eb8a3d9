package io.github.purrtc.dtls;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.AfterAll;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

/** Whatever datagrams an outsider sends: a connection goes on, and a server in its handshake delivers nothing. */
class DatagramsFuzzTest {
    private static final Pair CONNECTED = new Pair();

    @AfterAll
    static void close() {
        CONNECTED.close();
    }

    /** Each datagram has its length in front, in two bytes. */
    private static List<byte[]> datagrams(byte[] script) {
        List<byte[]> datagrams = new ArrayList<>();
        ByteBuffer rest = ByteBuffer.wrap(script);
        while (rest.remaining() > 2) {
            byte[] datagram = new byte[Math.min(rest.getShort() & 0x7FF, rest.remaining())];
            rest.get(datagram);
            datagrams.add(datagram);
        }
        return datagrams;
    }

    @FuzzTest(maxDuration = "5m")
    void survives(byte[] script) {
        if (CONNECTED.a.transport.state() == DtlsTransportState.NEW) {
            CONNECTED.connect();
        }
        List<byte[]> datagrams = datagrams(script);
        for (Peer peer : List.of(CONNECTED.a, CONNECTED.z)) {
            CONNECTED.loop.run(() -> datagrams.forEach(datagram -> peer.transport.receive(ByteBuffer.wrap(datagram))));
            assertEquals(DtlsTransportState.CONNECTED, peer.transport.state());
            assertEquals(List.of(), peer.received);
        }
        try (Pair pair = new Pair()) {
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            pair.loop.run(() -> datagrams.forEach(datagram -> pair.z.transport.receive(ByteBuffer.wrap(datagram))));
            assertNotEquals(DtlsTransportState.CONNECTED, pair.z.transport.state());
            assertEquals(List.of(), pair.z.received);
        }
    }
}
