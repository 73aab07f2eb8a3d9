package io.github.purrtc.dtls;

import org.junit.jupiter.api.Test;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.IntFunction;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a peer costs that is not authenticated: less than 64 KiB, and less than 200 ms of CPU for a megabyte. */
class HandshakeBoundsTest {
    private static final int MAX_BYTES_EACH = 64 * 1024;

    /** Less than that, and nothing was hoarded. */
    private static final int MIN_BYTES_EACH = 12 * 1024;

    private static final int MEGABYTE = 1_000_000;
    private static final long MAX_CPU_MILLIS = 200;
    private static final int CERTIFICATE = 11;
    static final DtlsOptions PATIENT = Pair.OPTIONS.withRetransmissionMillis(60_000);

    /** The datagrams of a ClientHello with a padding. */
    static List<byte[]> clientHello(int paddingLength) {
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

    /** In a JVM of its own, where nothing else comes and goes. */
    private static void assertHoardIsSmall(int paddingLength) throws Exception {
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Hoard.class.getName(),
                        Integer.toString(paddingLength))
                .redirectErrorStream(true)
                .start();
        String output = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, child.waitFor(), output);
        String last = output.strip().lines().reduce((before, line) -> line).orElse("");
        long each = Long.parseLong(last);
        assertTrue(each > MIN_BYTES_EACH && each < MAX_BYTES_EACH, each + " bytes each");
    }

    @Test
    void fragmentsOfAClientHelloTakeLittle() throws Exception {
        assertHoardIsSmall(0);
    }

    @Test
    void whatFollowsAClientHelloOf15KibibytesTakesLittle() throws Exception {
        assertHoardIsSmall(15_000);
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
