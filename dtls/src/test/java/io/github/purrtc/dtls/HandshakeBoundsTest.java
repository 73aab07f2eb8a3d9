package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.IntFunction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a peer costs that is not authenticated: less than 64 KiB, and less than 200 ms of CPU for a megabyte. */
class HandshakeBoundsTest {
    private static final int SERVERS = 64;
    private static final int MAX_BYTES_EACH = 64 * 1024;

    /** Less than that, and nothing was hoarded. */
    private static final int MIN_BYTES_EACH = 12 * 1024;

    private static final int MEGABYTE = 1_000_000;
    private static final long MAX_CPU_MILLIS = 200;
    private static final int CERTIFICATE = 11;
    private static final DtlsOptions PATIENT = Pair.OPTIONS.withRetransmissionMillis(60_000);

    /** After as many collections as it takes until there is no less. */
    private static long usedBytes() {
        long before = Long.MAX_VALUE;
        long used = Long.MAX_VALUE - 1;
        while (used < before) {
            before = used;
            System.gc();
            used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
        }
        return before;
    }

    /** The datagrams of a ClientHello with a padding. */
    private static List<byte[]> clientHello(int paddingLength) {
        List<byte[]> hello = new ArrayList<>();
        try (Pair pair = new Pair()) {
            RawClient client = new RawClient(pair);
            client.paddingLength = paddingLength;
            client.handshakeTimeoutMillis = 200;
            client.resendMillis = 10_000;
            client.impairment = datagram -> {
                hello.add(datagram);
                return List.of();
            };
            assertThrows(java.io.IOException.class, client::connect);
        }
        return hello;
    }

    private static void hoard(Consumer<Peer> attack) {
        try (Pair executors = new Pair(PATIENT)) {
            List<Peer> servers = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                Peer server = new Peer(executors.loop, Pair.Z_CERTIFICATE, PATIENT, executors.handshakes);
                server.impairment = datagram -> List.of();
                server.start(DtlsRole.SERVER, Pair.A_CERTIFICATE.fingerprints());
                servers.add(server);
            }
            attack.accept(servers.get(0));
            long before = usedBytes();
            servers.subList(1, SERVERS).forEach(attack);
            long each = (usedBytes() - before) / (SERVERS - 1);
            servers.forEach(server -> assertEquals(DtlsTransportState.CONNECTING, server.transport.state()));
            servers.forEach(Peer::close);
            assertTrue(each > MIN_BYTES_EACH && each < MAX_BYTES_EACH, each + " bytes each");
        }
    }

    private static void fill(Peer server, int firstRecord, int message) {
        int record = firstRecord;
        // As much as it takes of the message that is due, and of those after it, each without its last byte
        for (int number = message; number < 16; number++) {
            for (int length : new int[] {16 * 1024, 8 * 1024, 4 * 1024, 1024}) {
                for (int offset = 0; offset < length - 1; offset += 1000) {
                    server.inject(HandmadeRecords.fragment(
                            record++, CERTIFICATE, length, number, offset, Math.min(1000, length - 1 - offset)));
                }
            }
        }
        for (int i = 0; i < 100; i++) {
            server.inject(HandmadeRecords.record(23, 1, i, new byte[1000]));
            server.inject(HandmadeRecords.record(22, 1, i, new byte[490]));
        }
    }

    @Test
    void fragmentsOfAClientHelloTakeLittle() {
        hoard(server -> fill(server, 0, 0));
    }

    @Test
    void whatFollowsAClientHelloOf15KibibytesTakesLittle() {
        List<byte[]> hello = clientHello(15_000);
        hoard(server -> {
            hello.forEach(server::inject);
            server.loop.await("the server's flight", () -> !server.sent.isEmpty());
            fill(server, 100, 1);
        });
    }

    /** The second megabyte is measured: the first is the compiler's. */
    private static void assertCheap(IntFunction<byte[]> datagrams) {
        try (Pair pair = new Pair(PATIENT)) {
            pair.z.impairment = datagram -> List.of();
            pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
            List<byte[]> all = new ArrayList<>();
            int bytes = 0;
            for (int i = 0; bytes < 2 * MEGABYTE; i++) {
                byte[] datagram = datagrams.apply(i);
                all.add(datagram);
                bytes += datagram.length;
            }
            int half = all.size() / 2;
            long nanos = pair.loop.call(() -> {
                all.subList(0, half).forEach(datagram -> pair.z.transport.receive(Peer.direct(datagram)));
                long start = ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
                all.subList(half, all.size()).forEach(datagram -> pair.z.transport.receive(Peer.direct(datagram)));
                return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime() - start;
            });
            long millis = TimeUnit.NANOSECONDS.toMillis(nanos);
            assertTrue(millis < MAX_CPU_MILLIS, millis + " ms of CPU for a megabyte");
        }
    }

    @Test
    void singleByteFragmentsAreCheap() {
        assertCheap(i -> HandmadeRecords.fragment(i, CERTIFICATE, 16 * 1024, 1, 2 * i % (16 * 1024), 1));
    }

    @Test
    void messagesThatAreDeclaredAreCheap() {
        assertCheap(i -> HandmadeRecords.fragment(i, 1, 1 + i % 0xFFFFFF, i % 20, 0, 1));
    }

    @Test
    void aClientHelloOverAndOverIsCheap() {
        byte[] hello = clientHello(0).get(0);
        assertCheap(i -> HandmadeRecords.renumbered(hello, i));
    }

    @Test
    void noiseIsCheap() {
        Random random = new Random(1);
        assertCheap(i -> {
            byte[] noise = new byte[60];
            random.nextBytes(noise);
            return HandmadeRecords.record(20 + i % 5, i % 2, i, noise);
        });
    }
}
