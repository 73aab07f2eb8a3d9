package io.github.purrtc.dtls;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Servers whose clients send as much as is held, and nothing that ends a handshake; prints the bytes that each takes. */
final class Hoard {
    private static final int SERVERS = 64;
    private static final int CERTIFICATE = 11;

    private Hoard() {}

    public static void main(String[] arguments) {
        int paddingLength = Integer.parseInt(arguments[0]);
        List<byte[]> hello = paddingLength == 0 ? List.of() : HandshakeBoundsTest.clientHello(paddingLength);
        System.out.println(bytesEach(server -> {
            hello.forEach(server::inject);
            if (!hello.isEmpty()) {
                server.loop.await("the server's flight", () -> !server.sent.isEmpty());
            }
            fill(server, 100, hello.isEmpty() ? 0 : 1);
        }));
        System.exit(0);
    }

    private static long bytesEach(Consumer<Peer> attack) {
        try (Pair executors = new Pair(HandshakeBoundsTest.PATIENT)) {
            List<Peer> servers = new ArrayList<>();
            for (int i = 0; i < SERVERS; i++) {
                Peer server =
                        new Peer(executors.loop, Pair.Z_CERTIFICATE, HandshakeBoundsTest.PATIENT, executors.handshakes);
                server.impairment = datagram -> List.of();
                server.start(DtlsRole.SERVER, Pair.A_CERTIFICATE.fingerprints());
                servers.add(server);
            }
            attack.accept(servers.get(0));
            long before = usedBytes();
            servers.subList(1, SERVERS).forEach(attack);
            long each = (usedBytes() - before) / (SERVERS - 1);
            for (Peer server : servers) {
                if (server.transport.state() != DtlsTransportState.CONNECTING) {
                    throw new AssertionError(server.transport.state() + " " + server.errors);
                }
            }
            return each;
        }
    }

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
}
