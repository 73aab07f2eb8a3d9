package io.github.purrtc.dtls.internal;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.dtls.DtlsException;
import io.github.purrtc.dtls.DtlsOptions;
import io.github.purrtc.dtls.DtlsRole;
import io.github.purrtc.dtls.DtlsSession;
import io.github.purrtc.dtls.Fingerprint;
import io.github.purrtc.dtls.HandmadeRecords;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What a {@link DtlsEngine} owes its host, whatever it is made of. A test of an engine extends this and says how it is made. */
abstract class EngineSuite {
    private static final int LIMIT_SECONDS = 20;

    private final ExecutorService loop = Executors.newSingleThreadExecutor();
    private final ExecutorService handshakes = Executors.newCachedThreadPool();

    abstract DtlsEngine engine(
            EngineSettings settings, ExecutorService loop, ExecutorService handshakes, DtlsEngine.Host host);

    @AfterEach
    void end() {
        loop.shutdownNow();
        handshakes.shutdownNow();
    }

    /** One end: its host, and what it was told. */
    private final class End implements DtlsEngine.Host {
        private final DtlsCertificate certificate;
        private final List<byte[]> written = new ArrayList<>();
        private final List<byte[]> unflushed = new ArrayList<>();
        private final List<String> told = new ArrayList<>();
        private UnaryOperator<List<byte[]>> network = burst -> burst;
        private @Nullable DtlsEngine engine;
        private @Nullable DtlsSession session;
        private @Nullable DtlsException failure;
        private End remote = this;

        End(DtlsCertificate certificate) {
            this.certificate = certificate;
        }

        void start(DtlsRole role, List<Fingerprint> believed, DtlsOptions options) {
            CertificateFiles.Pair pair = CertificateFiles.fromPem(certificate.toPem());
            SigningKey key;
            try {
                key = SigningKey.of(pair.key());
            } catch (java.security.InvalidKeyException e) {
                throw new AssertionError(e);
            }
            EngineSettings settings = new EngineSettings(
                    role,
                    List.of(new OwnCertificate(key, certificate.encoded())),
                    believed,
                    options,
                    options.retransmissionMillis());
            DtlsEngine made = engine(settings, loop, handshakes, this);
            engine = made;
            run(made::start);
        }

        @Override
        public void write(byte[] buffer, int offset, int length) {
            unflushed.add(Arrays.copyOfRange(buffer, offset, offset + length));
        }

        @Override
        public void flush() {
            List<byte[]> burst = List.copyOf(unflushed);
            unflushed.clear();
            written.addAll(burst);
            network.apply(burst).forEach(remote::deliver);
        }

        private void deliver(byte[] datagram) {
            loop.execute(() -> {
                if (engine != null) {
                    engine.receive(ByteBuffer.wrap(datagram));
                }
            });
        }

        @Override
        public void connected(DtlsSession agreed) {
            session = agreed;
            told.add("connected");
        }

        @Override
        public void applicationData(ByteBuffer plaintext) {
            told.add(StandardCharsets.UTF_8.decode(plaintext).toString());
        }

        @Override
        public void closed() {
            told.add("closed");
        }

        @Override
        public void failed(DtlsException cause) {
            failure = cause;
            told.add("failed");
        }

        void send(String text) {
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            run(() -> {
                started(engine).send(bytes, 0, bytes.length);
                flush();
            });
        }

        private DtlsEngine started(@Nullable DtlsEngine present) {
            if (present == null) {
                throw new AssertionError("not started");
            }
            return present;
        }

        void inject(byte[] datagram) {
            run(() -> started(engine).receive(ByteBuffer.wrap(datagram)));
        }

        void close() {
            run(() -> started(engine).close());
        }

        long discarded() {
            return started(engine).discardedRecords();
        }

        void awaitTold(String... events) {
            await(() -> told.equals(List.of(events)), () -> told + " is not " + List.of(events));
        }
    }

    private final End a = new End(DtlsCertificate.generate());
    private final End z = new End(DtlsCertificate.generate());

    private void run(Runnable task) {
        try {
            loop.submit(task).get(LIMIT_SECONDS, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private void await(BooleanSupplier condition, java.util.function.Supplier<String> otherwise) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
        boolean[] holds = new boolean[1];
        while (!holds[0]) {
            run(() -> holds[0] = condition.getAsBoolean());
            assertTrue(holds[0] || System.nanoTime() < deadline, otherwise);
        }
    }

    private void start(List<Fingerprint> forA, List<Fingerprint> forZ, DtlsOptions options) {
        a.remote = z;
        z.remote = a;
        z.start(DtlsRole.SERVER, forZ, options);
        a.start(DtlsRole.CLIENT, forA, options);
    }

    private void connect() {
        start(
                z.certificate.fingerprints(),
                a.certificate.fingerprints(),
                DtlsOptions.DEFAULT.withRetransmissionMillis(60_000));
        a.awaitTold("connected");
        z.awaitTold("connected");
    }

    @Test
    void connectsAndTellsWhatWasAgreedUpon() {
        connect();
        DtlsSession session = a.session;
        assertNotNull(session);
        assertTrue(session.cipherSuite().startsWith("TLS_"));
        assertArrayEquals(z.certificate.encoded(), session.remoteCertificates().get(0));
        assertNotNull(z.session);
    }

    @Test
    void carriesDataBothWaysAndEachRecordOnce() {
        connect();
        a.send("from A");
        z.send("from Z");
        z.awaitTold("connected", "from A");
        a.awaitTold("connected", "from Z");
        long before = z.discarded();
        z.inject(a.written.get(a.written.size() - 1));
        assertEquals(before + 1, z.discarded());
        z.awaitTold("connected", "from A");
    }

    @Test
    void aPeerThatWasNotSignalledIsRefusedOnBothSides() {
        start(
                DtlsCertificate.generate().fingerprints(),
                a.certificate.fingerprints(),
                DtlsOptions.DEFAULT.withHandshakeTimeoutMillis(5_000));
        a.awaitTold("failed");
        z.awaitTold("failed");
        for (End end : List.of(a, z)) {
            DtlsException failure = end.failure;
            assertNotNull(failure);
            assertNotNull(failure.alert());
        }
        assertNull(a.session);
        assertNull(z.session);
    }

    @Test
    void closingIsToldToThePeerAndNotToTheHostThatAsked() {
        connect();
        a.close();
        z.awaitTold("connected", "closed");
        a.awaitTold("connected");
        a.close();
        z.inject(a.written.get(0));
        z.awaitTold("connected", "closed");
    }

    @Test
    void aPeerThatIsSilentIsGivenUp() {
        a.network = burst -> List.of();
        start(
                z.certificate.fingerprints(),
                a.certificate.fingerprints(),
                DtlsOptions.DEFAULT.withHandshakeTimeoutMillis(200));
        a.awaitTold("failed");
        z.awaitTold("failed");
    }

    private static UnaryOperator<List<byte[]>> everySecond() {
        int[] bursts = new int[1];
        return burst -> bursts[0]++ % 2 == 0 ? List.of() : burst;
    }

    @Test
    void lostFlightsAreSentAgain() {
        a.network = everySecond();
        z.network = everySecond();
        start(
                z.certificate.fingerprints(),
                a.certificate.fingerprints(),
                DtlsOptions.DEFAULT.withRetransmissionMillis(20));
        a.awaitTold("connected");
        z.awaitTold("connected");
    }

    @Test
    void whatAnOutsiderSendsIsCountedAndChangesNothing() {
        connect();
        for (End end : List.of(a, z)) {
            for (int type = 20; type < 26; type++) {
                for (int epoch = 0; epoch < 3; epoch++) {
                    long before = end.discarded();
                    end.inject(HandmadeRecords.record(type, epoch, 1_000, new byte[] {2, 40}));
                    assertEquals(before + 1, end.discarded(), "type " + type + " of epoch " + epoch);
                }
            }
            end.inject(new byte[5]);
            end.inject(new byte[0]);
        }
        a.send("still");
        z.awaitTold("connected", "still");
        a.awaitTold("connected");
    }

    @Test
    void dataThatOvertakesTheHandshakesEndIsKept() {
        List<byte[]> held = new ArrayList<>();
        z.network = burst -> {
            // Z -> ServerHello … -> A; its second flight waits
            if (z.written.size() > 1 && a.session == null && held.isEmpty()) {
                held.addAll(burst);
                return List.of();
            }
            return burst;
        };
        start(
                z.certificate.fingerprints(),
                a.certificate.fingerprints(),
                DtlsOptions.DEFAULT.withRetransmissionMillis(60_000).withMaxDatagramSize(4_000));
        z.awaitTold("connected");
        z.send("early");
        await(() -> !held.isEmpty(), () -> "no second flight");
        held.forEach(a::deliver);
        a.awaitTold("connected", "early");
    }

    @Test
    void dataBeforeTheHandshakesEndIsKeptInSmallAmounts() {
        for (int[] lengthAndMost : new int[][] {{40, 64}, {1_000, 7}, {7 * 1024 - 13 + 1, 0}}) {
            End early = new End(a.certificate);
            early.start(DtlsRole.SERVER, z.certificate.fingerprints(), DtlsOptions.DEFAULT);
            for (int number = 0; number < 1_000; number++) {
                early.inject(HandmadeRecords.record(Records.APPLICATION_DATA, 1, number, new byte[lengthAndMost[0]]));
            }
            assertEquals(1_000 - lengthAndMost[1], early.discarded(), lengthAndMost[0] + " bytes each");
            early.close();
        }
    }
}
