package app;

import io.github.purrtc.Configuration;
import io.github.purrtc.PeerConnection;
import io.github.purrtc.ice.IceServer;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** Gathers from a STUN server of its own: what comes by way of ice4j is found on this program's path, whichever that is. */
public final class Reflexive {
    private static final int MAGIC_COOKIE = 0x2112A442;
    private static final int SUCCESS = 0x0101;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int IPV4 = 1;
    private static final int PORT = 40_404;
    /** 203.0.113.7, which is nobody's (RFC 5737). */
    private static final int ADDRESS = 0xCB007107;

    private Reflexive() {}

    public static void main(String[] args) throws Exception {
        CompletableFuture<String> found = new CompletableFuture<>();
        try (DatagramSocket server = new DatagramSocket(0, InetAddress.getByName("127.0.0.1"))) {
            Thread thread = new Thread(() -> serve(server));
            thread.setDaemon(true);
            thread.start();
            Configuration configuration = Configuration.builder()
                    .iceServers(List.of(IceServer.of("stun:127.0.0.1:" + server.getLocalPort())))
                    .gathering(options -> options.interfaceFilter(Reflexive::isLoopback))
                    .includeLoopback(true)
                    .build();
            try (PeerConnection connection = new PeerConnection(configuration)) {
                connection.onIceCandidate(candidate -> {
                    if (candidate != null && candidate.candidate().contains("typ srflx")) {
                        found.complete(candidate.candidate());
                    }
                });
                connection.onIceCandidateError(error -> System.out.println(error));
                connection.createDataChannel("any");
                connection.createOffer().thenCompose(connection::setLocalDescription);
                System.out.println("Found: " + found.get(20, TimeUnit.SECONDS));
            }
        }
    }

    private static boolean isLoopback(NetworkInterface network) {
        try {
            return network.isLoopback();
        } catch (IOException e) {
            return false;
        }
    }

    /** Answers Binding requests (RFC 8489 §14.2): everybody comes from the same address. */
    private static void serve(DatagramSocket socket) {
        byte[] request = new byte[1_500];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(request, request.length);
                socket.receive(packet);
                byte[] answer = ByteBuffer.allocate(32)
                        .putShort((short) SUCCESS)
                        .putShort((short) 12)
                        .put(request, 4, 16)
                        .putShort((short) XOR_MAPPED_ADDRESS)
                        .putShort((short) 8)
                        .putShort((short) IPV4)
                        .putShort((short) (PORT ^ MAGIC_COOKIE >>> 16))
                        .putInt(ADDRESS ^ MAGIC_COOKIE)
                        .array();
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException e) {
            // closed
        }
    }
}
