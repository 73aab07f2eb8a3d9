package io.github.purrtc.dtls;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
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
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/** Peer A is OpenSSL's command, on a socket of the loopback interface. */
class OpenSslTest {
    private static final String MESSAGE = "data over DTLS";

    @TempDir
    Path directory;

    private final Pair pair = new Pair();
    private final StringBuilder output = new StringBuilder();
    private DatagramSocket socket;
    private volatile @Nullable SocketAddress remote;
    private @Nullable Process process;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(isThere(), "openssl is not installed");
        socket = new DatagramSocket(0, InetAddress.getLoopbackAddress());
        writePem("key.pem", "PRIVATE KEY", pair.a.certificate.privateKey().getEncoded());
        writePem("certificate.pem", "CERTIFICATE", pair.a.certificate.encoded());
        pair.z.impairment = datagram -> {
            try {
                socket.send(new DatagramPacket(datagram, datagram.length, remote));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return List.of();
        };
        start("test-socket", this::read);
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

    private static boolean isThere() {
        try {
            return new ProcessBuilder("openssl", "version").start().waitFor() == 0;
        } catch (IOException | InterruptedException e) {
            return false;
        }
    }

    private void writePem(String name, String type, byte[] der) throws IOException {
        String body = Base64.getMimeEncoder().encodeToString(der);
        Files.writeString(
                directory.resolve(name), "-----BEGIN " + type + "-----\n" + body + "\n-----END " + type + "-----\n");
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
        command.addAll(List.of("-dtls1_2", "-cert", "certificate.pem", "-key", "key.pem"));
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
        pair.loop.await(output.toString(), () -> pair.z.transport.state() == DtlsTransportState.CONNECTED);
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

    @Test
    void connectsToOurServer() throws IOException {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        openssl(List.of("s_client", "-connect", "127.0.0.1:" + socket.getLocalPort()));
        exchangeData();
    }

    @Test
    void connectsToOurServerWithSmallDatagrams() throws IOException {
        pair.z.start(DtlsRole.SERVER, pair.a.certificate.fingerprints());
        openssl(List.of("s_client", "-mtu", "300", "-connect", "127.0.0.1:" + socket.getLocalPort()));
        exchangeData();
    }

    @Test
    void isConnectedToByOurClient() throws Exception {
        int port;
        try (DatagramSocket free = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        openssl(List.of("s_server", "-Verify", "1", "-accept", "127.0.0.1:" + port));
        pair.loop.await("OpenSSL to listen", () -> said("ACCEPT"));
        remote = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        pair.z.start(DtlsRole.CLIENT, pair.a.certificate.fingerprints());
        exchangeData();
        assertEquals(
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(pair.a.certificate.encoded())),
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(
                                pair.z.transport.remoteCertificates().get(0))));
    }
}
