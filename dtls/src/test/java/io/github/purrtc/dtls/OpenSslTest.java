package io.github.purrtc.dtls;

import io.github.purrtc.testing.Programs;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Peer A is OpenSSL's command, on a socket of the loopback interface. */
class OpenSslTest {
    private static final String MESSAGE = "data over DTLS";

    @TempDir
    Path directory;

    private static final DtlsCertificate RSA = DtlsCertificate.generate(KeyAlgorithm.RSA_2048);

    private Pair pair = new Pair();
    private final StringBuilder output = new StringBuilder();
    private DatagramSocket socket;
    private volatile @Nullable SocketAddress remote;
    private @Nullable Process process;

    @BeforeEach
    void open() throws Exception {
        Programs.require("openssl", "openssl");
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        use(new Pair());
        start("test-socket", this::read);
    }

    /** A's certificate is OpenSSL's, Z is the one that speaks with it. */
    private void use(Pair chosen) throws IOException {
        pair.close();
        pair = chosen;
        Files.writeString(directory.resolve("a.pem"), pair.a.certificate.toPem());
        pair.z.impairment = datagram -> {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of();
        };
    }

    @AfterEach
    void close() throws Exception {
        if (process != null) {
            process.destroyForcibly().waitFor(Loop.LIMIT_SECONDS, TimeUnit.SECONDS);
        }
        if (socket != null) {
            socket.close();
        }
        pair.close();
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    private void read() {
        byte[] buffer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        try {
            while (true) {
                packet.setLength(buffer.length);
                socket.receive(packet);
                remote = packet.getSocketAddress();
                byte[] datagram = java.util.Arrays.copyOf(buffer, packet.getLength());
                pair.loop.execute(() -> pair.z.transport.receive(ByteBuffer.wrap(datagram)));
            }
        } catch (IOException e) {
            // The socket is closed: the test is over.
        }
    }

    private void openssl(List<String> arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("openssl"));
        command.addAll(arguments);
        command.addAll(List.of("-dtls1_2", "-cert", "a.pem", "-key", "a.pem"));
        Process started = new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .start();
        process = started;
        start("test-openssl", () -> readOutput(started));
    }

    private void readOutput(Process started) {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(started.getInputStream(), StandardCharsets.UTF_8))) {
            for (int character = reader.read(); character >= 0; character = reader.read()) {
                synchronized (output) {
                    output.append((char) character);
                }
            }
        } catch (IOException e) {
            // The process has ended.
        }
    }

    private boolean said(String text) {
        synchronized (output) {
            return output.indexOf(text) >= 0;
        }
    }

    private void exchangeData() throws IOException {
        pair.loop.await(output::toString, () -> pair.z.transport.state() == DtlsTransportState.CONNECTED);
        pair.z.send(MESSAGE + "\n");
        pair.loop.await("OpenSSL to show it", () -> said(MESSAGE));
        Process peer = process;
        if (peer != null) {
            peer.getOutputStream().write("back\n".getBytes(StandardCharsets.UTF_8));
            peer.getOutputStream().flush();
        }
        pair.z.awaitReceived("back\n");
        assertEquals(List.of(), pair.z.errors);
    }

    /** OpenSSL's names for the suites, and ours. */
    static Stream<Arguments> everySuite() {
        return Stream.of(
                Arguments.of("ECDHE-ECDSA-AES128-GCM-SHA256", "TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256"),
                Arguments.of("ECDHE-ECDSA-AES256-GCM-SHA384", "TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384"),
                Arguments.of("ECDHE-ECDSA-CHACHA20-POLY1305", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256"),
                Arguments.of("ECDHE-RSA-AES128-GCM-SHA256", "TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256"),
                Arguments.of("ECDHE-RSA-AES256-GCM-SHA384", "TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384"),
                Arguments.of("ECDHE-RSA-CHACHA20-POLY1305", "TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256"));
    }

    private static DtlsCertificate certificateFor(String suite, DtlsCertificate elliptic) {
        return suite.contains("_RSA_") ? RSA : elliptic;
    }

    private void assertSuite(String suite) {
        DtlsSession session = pair.z.transport.session();
        assertNotNull(session);
        assertEquals(suite, session.cipherSuite());
        assertArrayEquals(
                pair.a.certificate.encoded(), session.remoteCertificates().get(0));
    }

    private void connectAsClientTo(int port, String... more) throws IOException {
        List<String> arguments = new ArrayList<>(List.of("s_client", "-connect", "127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        openssl(arguments);
    }

    private int listen(String... more) throws IOException {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        List<String> arguments = new ArrayList<>(List.of("s_server", "-Verify", "1", "-accept", "127.0.0.1:" + port));
        arguments.addAll(List.of(more));
        openssl(arguments);
        pair.loop.await("OpenSSL to listen", () -> said("ACCEPT"));
        return port;
    }

    @ParameterizedTest
    @MethodSource("everySuite")
    void connectsToOurServer(String theirName, String suite) throws IOException {
        use(new Pair(Pair.OPTIONS, Pair.A_CERTIFICATE, certificateFor(suite, Pair.Z_CERTIFICATE)));
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort(), "-cipher", theirName);
        exchangeData();
        assertSuite(suite);
    }

    @ParameterizedTest
    @MethodSource("everySuite")
    void isConnectedToByOurClient(String theirName, String suite) throws IOException {
        use(new Pair(Pair.OPTIONS, certificateFor(suite, Pair.A_CERTIFICATE), Pair.Z_CERTIFICATE));
        remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), listen("-cipher", theirName));
        pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
        exchangeData();
        assertSuite(suite);
    }

    @ParameterizedTest
    @ValueSource(strings = {"P-256", "P-384", "X25519"})
    void agreesOnTheGroupsThatItIsAskedFor(String group) throws IOException {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        // OpenSSL wants the curve of its certificate among them.
        connectAsClientTo(socket.getLocalPort(), "-groups", group.equals("P-256") ? group : group + ":P-256");
        exchangeData();
    }

    @Test
    void bothKindsOfCertificatesMeet() throws IOException {
        use(new Pair(Pair.OPTIONS, RSA, DtlsCertificate.generate(KeyAlgorithm.ECDSA_P384)));
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort());
        exchangeData();
    }

    @Test
    void connectsToOurServerWithSmallDatagrams() throws IOException {
        use(new Pair(Pair.OPTIONS.withMaxDatagramSize(300)));
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort(), "-mtu", "300");
        exchangeData();
    }

    @Test
    void isConnectedToWithSmallDatagrams() throws IOException {
        use(new Pair(Pair.OPTIONS.withMaxDatagramSize(300)));
        remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), listen("-mtu", "300"));
        pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
        exchangeData();
    }

    /** Application data is left to luck: the relay loses it as well. */
    @ParameterizedTest(name = "{0} of OpenSSL, seed {1}")
    @CsvSource({"s_client, 1", "s_client, 2", "s_server, 1", "s_server, 2"})
    void aRelayThatLosesRepeatsSwapsAndDelays(String command, long seed) throws IOException {
        boolean weAreServer = command.equals("s_client");
        InetAddress loopback = InetAddress.getLoopbackAddress();
        SocketAddress target = new InetSocketAddress(loopback, weAreServer ? socket.getLocalPort() : listen());
        try (Relay relay = new Relay(target, seed, 20)) {
            if (weAreServer) {
                pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
                connectAsClientTo(relay.port());
            } else {
                remote = new InetSocketAddress(loopback, relay.port());
                pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
            }
            pair.z.awaitState(DtlsTransportState.CONNECTED);
            pair.loop.await("what was sent", () -> {
                pair.z.sendOnLoop(MESSAGE + "\n");
                return said(MESSAGE);
            });
        }
    }

    /** werift gives up on whom it cannot agree with on a profile, though nobody wants media. */
    @ParameterizedTest
    @ValueSource(
            strings = {"SRTP_AES128_CM_SHA1_80", "SRTP_AEAD_AES_128_GCM", "SRTP_AEAD_AES_128_GCM:SRTP_AES128_CM_SHA1_80"
            })
    void agreesOnAProfileOfSrtpWithOurServer(String profile) throws IOException {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort(), "-use_srtp", profile);
        exchangeData();
        String first = profile.replaceFirst(":.*", "");
        pair.loop.await("the profile", () -> said("SRTP Extension negotiated, profile=" + first));
    }

    @ParameterizedTest
    @ValueSource(strings = {"SRTP_AES128_CM_SHA1_80", "SRTP_AEAD_AES_128_GCM"})
    void agreesOnAProfileOfSrtpWithOurClient(String profile) throws IOException {
        remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), listen("-use_srtp", profile));
        pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
        exchangeData();
        pair.loop.await("the profile", () -> said("SRTP Extension negotiated, profile=" + profile));
    }

    @Test
    void itsKeyLogIsOurs() throws Exception {
        List<String> lines = new CopyOnWriteArrayList<>();
        use(new Pair(Pair.OPTIONS.withKeyLog(lines::add)));
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort(), "-keylogfile", "keys.log");
        exchangeData();
        String theirs = Files.readString(directory.resolve("keys.log"));
        assertEquals(1, lines.size());
        assertTrue(theirs.toLowerCase(Locale.ROOT).contains(lines.get(0).toLowerCase(Locale.ROOT)), theirs);
    }

    @Test
    void itsCloseNotifyClosesUs() throws Exception {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort());
        exchangeData();
        Process peer = process;
        assertNotNull(peer);
        peer.getOutputStream().write("Q\n".getBytes(StandardCharsets.UTF_8));
        peer.getOutputStream().flush();
        pair.z.awaitState(DtlsTransportState.CLOSED);
        assertEquals(List.of(), pair.z.errors);
    }

    @Test
    void oneWithoutACommonSuiteIsToldSo() throws Exception {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        connectAsClientTo(socket.getLocalPort(), "-cipher", "ECDHE-ECDSA-AES128-SHA256");
        pair.z.awaitState(DtlsTransportState.FAILED);
        assertEquals(
                new DtlsAlert(40, DtlsAlert.Direction.SENT),
                pair.z.errors.get(0).alert());
        pair.loop.await("OpenSSL to say so", () -> said("alert handshake failure"));
    }
}
