package io.github.purrtc.testing;

import org.junit.jupiter.api.Assertions;

import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import java.io.IOException;
import java.io.InputStream;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.CertificateFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A real coturn on loopback, by UDP, TCP and TLS; without one on the path, tests are skipped (with CI=true they fail). */
public final class Coturn implements AutoCloseable {
    public static final String USERNAME = "mia";
    public static final String PASSWORD = "secret";

    private static final int FIRST_PORT = 20_000;
    private static final int LAST_PORT = 32_000;

    private final Process process;
    private final Path folder;
    private final int port;
    private final int tlsPort;

    private Coturn(Process process, Path folder, int port, int tlsPort) {
        this.process = process;
        this.folder = folder;
        this.port = port;
        this.tlsPort = tlsPort;
    }

    /**
     * Starts one, with a certificate for 127.0.0.1 made for it.
     *
     * @param folder empty, for its files
     * @param more options
     */
    public static Coturn start(Path folder, String... more) throws Exception {
        String turnserver = Programs.require("coturn", "turnserver").toString();
        run(
                folder,
                List.of(
                        Programs.require("openssl", "openssl").toString(),
                        "req",
                        "-x509",
                        "-newkey",
                        "ec",
                        "-pkeyopt",
                        "ec_paramgen_curve:prime256v1",
                        "-nodes",
                        "-keyout",
                        "key.pem",
                        "-out",
                        "cert.pem",
                        "-days",
                        "2",
                        "-subj",
                        "/CN=purrtc.test",
                        "-addext",
                        "subjectAltName=IP:127.0.0.1,IP:::1"));
        int port = freePort();
        int tlsPort = freePort();
        List<String> command = new ArrayList<>(List.of(
                turnserver,
                "-n",
                "--verbose",
                "--listening-ip=127.0.0.1",
                "--relay-ip=127.0.0.1",
                "--listening-port=" + port,
                "--tls-listening-port=" + tlsPort,
                "--cert=" + folder.resolve("cert.pem"),
                "--pkey=" + folder.resolve("key.pem"),
                "--relay-threads=1",
                "--allow-loopback-peers",
                "--no-cli",
                "--no-dtls",
                "--lt-cred-mech",
                "--realm=purrtc.test",
                "--user=" + USERNAME + ":" + PASSWORD,
                "--pidfile=" + folder.resolve("pid"),
                "--userdb=" + folder.resolve("users"),
                "--log-file=stdout"));
        command.addAll(List.of(more));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.redirectOutput(folder.resolve("log").toFile());
        Coturn coturn = new Coturn(builder.start(), folder, port, tlsPort);
        coturn.awaitLogged("TLS/TCP listener opened on : 127.0.0.1:" + tlsPort, 1);
        coturn.awaitLogged("Total General servers", 1);
        return coturn;
    }

    private static void run(Path folder, List<String> command) throws Exception {
        Process process = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("openssl.log").toFile())
                .start();
        Assertions.assertTrue(process.waitFor(20, TimeUnit.SECONDS));
        Assertions.assertEquals(0, process.exitValue(), () -> read(folder.resolve("openssl.log")));
    }

    /** Free for UDP and for TCP, and not one that the system gives away to whoever wants any. */
    private static int freePort() throws IOException {
        InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
        IOException taken = new IOException("no port");
        for (int i = 0; i < 100; i++) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, LAST_PORT);
            try (ServerSocket tcp = new ServerSocket(port, 1, loopback);
                    DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
                return udp.getLocalPort();
            } catch (IOException e) {
                taken = e;
            }
        }
        throw taken;
    }

    /** With IPv6 too. */
    public static Coturn startForBothVersions(Path folder) throws Exception {
        return start(folder, "--listening-ip=::1", "--relay-ip=::1");
    }

    /** {@code udp}, {@code tcp} or {@code tls}. */
    public String url(String transport) {
        return url(transport, "127.0.0.1");
    }

    public String url(String transport, String host) {
        return switch (transport) {
            case "udp" -> "turn:" + host + ":" + port;
            case "tcp" -> "turn:" + host + ":" + port + "?transport=tcp";
            case "tls" -> "turns:" + host + ":" + tlsPort;
            default -> throw new IllegalArgumentException(transport);
        };
    }

    /** Trusts this server's certificate and no other. */
    public SSLContext trust() throws Exception {
        KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
        store.load(null);
        try (InputStream certificate = Files.newInputStream(folder.resolve("cert.pem"))) {
            store.setCertificateEntry(
                    "coturn", CertificateFactory.getInstance("X.509").generateCertificate(certificate));
        }
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(store);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    public String log() {
        return read(folder.resolve("log"));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return "";
        }
    }

    public int logged(String text) {
        return log().split(Pattern.quote(text), -1).length - 1;
    }

    public void awaitLogged(String text, int times) {
        Await.until(() -> times + " times \"" + text + "\" in\n" + log(), () -> logged(text) >= times);
    }

    /** As a crash would. */
    public void kill() {
        process.destroyForcibly();
        Assertions.assertTrue(hasEnded());
    }

    private boolean hasEnded() {
        try {
            return process.waitFor(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Override
    public void close() {
        process.destroy();
        if (!hasEnded()) {
            kill();
        }
    }
}
