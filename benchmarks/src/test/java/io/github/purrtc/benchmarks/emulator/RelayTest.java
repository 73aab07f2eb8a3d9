package io.github.purrtc.benchmarks.emulator;

import com.fasterxml.jackson.databind.JsonNode;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

@Timeout(20)
class RelayTest {
    private static final long SEED = 7;

    @Test
    @DisplayName("what is sent to the relay comes to the target after the delay, and the answer back the same way")
    void relays() throws IOException {
        Conditions conditions = Conditions.NONE.withDelay(Duration.ofMillis(20));
        try (Relay relay = Relay.open(conditions, conditions, SEED);
                DatagramSocket a = socket();
                DatagramSocket z = socket()) {
            InetSocketAddress front = relay.standFor(End.Z, address(z));
            assertNotEquals(address(z), front);
            assertEquals(front, relay.standFor(End.Z, address(z)));
            long before = System.nanoTime();
            // A -> ping -> relay -> ping -> Z
            send(a, front, "ping");
            DatagramPacket ping = receive(z);
            assertEquals("ping", text(ping));
            assertNotEquals(address(a), ping.getSocketAddress());
            // A <- pong <- relay <- pong <- Z
            send(z, ping.getSocketAddress(), "pong");
            DatagramPacket pong = receive(a);
            assertEquals("pong", text(pong));
            assertEquals(front, pong.getSocketAddress());
            assertTrue(System.nanoTime() - before >= Duration.ofMillis(40).toNanos());
        }
    }

    @Test
    @DisplayName("what the path loses does not arrive, in that direction")
    void loses() throws IOException {
        try (Relay relay = Relay.open(Conditions.NONE.withLoss(1), Conditions.NONE, SEED);
                DatagramSocket a = socket();
                DatagramSocket z = socket()) {
            // A -> ping -> Z, A /lost/ <- pong <- Z
            send(a, relay.standFor(End.Z, address(z)), "ping");
            send(z, receive(z).getSocketAddress(), "pong");
            while (relay.traffic().lost() == 0) {
                Thread.onSpinWait();
            }
            assertEquals(new Relay.Traffic(1, 1, 0), relay.traffic());
        }
    }

    @Test
    @DisplayName(
            "the relay says how long datagrams waited before the bottleneck, in each direction, until that is forgotten")
    void countsWaiting() throws IOException {
        // A byte takes a millisecond.
        Conditions conditions = Conditions.NONE.withRate(8_000, 1_000);
        try (Relay relay = Relay.open(Conditions.NONE, conditions, SEED);
                DatagramSocket a = socket();
                DatagramSocket z = socket()) {
            InetSocketAddress front = relay.standFor(End.Z, address(z));
            String hundred = "x".repeat(100);
            for (int i = 0; i < 3; i++) {
                send(a, front, hundred);
            }
            for (int i = 0; i < 3; i++) {
                assertEquals(hundred, text(receive(z)));
            }
            JsonNode report = relay.report();
            double longest = report.path("queue_to_z").path("max_ms").asDouble();
            assertTrue(longest > 0 && longest <= 200.1, report::toString);
            assertEquals(0, report.path("queue_to_a").path("max_ms").asDouble(), report::toString);
            assertTrue(report.path("late").path("max_ms").asDouble() > 0, report::toString);
            relay.forgetDelays();
            assertEquals(0, relay.queueDelays(End.Z).quantileMillis(1));
        }
    }

    @Test
    @DisplayName("candidates get the relay's address; those that it cannot stand for are left out")
    void rewritesCandidates() throws IOException {
        try (Relay relay = Relay.open(Conditions.NONE, Conditions.NONE, SEED)) {
            CandidateRewriter rewriter = new CandidateRewriter(relay);
            int port = relay.standFor(End.A, new InetSocketAddress("127.0.0.1", 5000))
                    .getPort();
            assertEquals(
                    "candidate:1 1 UDP 2122 127.0.0.1 " + port + " typ host ufrag x",
                    rewriter.candidate(End.A, "candidate:1 1 UDP 2122 127.0.0.1 5000 typ host ufrag x"));
            String ipv6 = rewriter.candidate(End.A, "candidate:1 1 udp 2122 0:0:0:0:0:0:0:1 5000 typ host");
            assertTrue(ipv6 != null && ipv6.startsWith("candidate:1 1 udp 2122 ::1 "), ipv6);
            assertNull(rewriter.candidate(End.A, "candidate:1 1 tcp 2122 127.0.0.1 9 typ host tcptype active"));
            assertNull(rewriter.candidate(
                    End.A, "candidate:1 1 udp 2122 5b0e4a3c-0000-4000-8000-000000000000.local 5000 typ host"));
            assertEquals(
                    "v=0\r\na=candidate:1 1 UDP 2122 127.0.0.1 " + port + " typ host\r\na=end-of-candidates\r\n",
                    rewriter.description(
                            End.A,
                            "v=0\na=candidate:1 1 UDP 2122 127.0.0.1 5000 typ host\n"
                                    + "a=candidate:1 1 TCP 2122 127.0.0.1 9 typ host tcptype active\na=end-of-candidates\n"));
        }
    }

    private static DatagramSocket socket() throws IOException {
        return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return (InetSocketAddress) socket.getLocalSocketAddress();
    }

    private static void send(DatagramSocket socket, SocketAddress to, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    private static DatagramPacket receive(DatagramSocket socket) throws IOException {
        DatagramPacket packet = new DatagramPacket(new byte[100], 100);
        socket.receive(packet);
        return packet;
    }

    private static String text(DatagramPacket packet) {
        return new String(packet.getData(), 0, packet.getLength(), StandardCharsets.UTF_8);
    }
}
