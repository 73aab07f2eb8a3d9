package io.github.purrtc;

import io.github.purrtc.dtls.DtlsCertificate;
import io.github.purrtc.ice.CommonPorts;
import io.github.purrtc.ice.NetworkOptions;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A process that answers offers on its standard input, one a line, with all its connections on one port, and sends back each
 * message of theirs. {@code offer N BASE64} gets {@code answer N BASE64}; {@code count} the number of connections that are
 * open; {@code heap} the bytes in use after a collection; {@code close} closes all.
 */
final class OnePortServer {
    private final WebRtc webRtc;
    private final Configuration configuration;
    private final Map<Integer, PeerConnection> connections = new ConcurrentHashMap<>();

    private OnePortServer(int port) {
        webRtc = WebRtc.open(new WebRtcOptions(NetworkOptions.defaults().withPorts(CommonPorts.udp(port))));
        configuration =
                Configuration.builder().certificate(DtlsCertificate.generate()).build();
    }

    public static void main(String[] args) throws IOException {
        OnePortServer server = new OnePortServer(Integer.parseInt(args[0]));
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "offer" -> server.answer(Integer.parseInt(words[1]), words[2]);
                case "count" -> say("count " + server.connected());
                case "heap" -> say("heap " + heapBytes());
                case "close" -> {
                    server.connections.values().forEach(PeerConnection::close);
                    server.connections.clear();
                    say("closed");
                }
                default -> throw new IOException("what is " + line);
            }
        }
        server.webRtc.close();
    }

    private void answer(int number, String offer) {
        PeerConnection connection = webRtc.peerConnection(configuration);
        connections.put(number, connection);
        connection.onDataChannel(channel -> channel.onMessage(channel::send));
        connection.onIceCandidate(candidate -> {
            if (candidate == null) {
                say("answer " + number + " " + described(connection));
            }
        });
        String sdp = new String(Base64.getDecoder().decode(offer), StandardCharsets.UTF_8);
        connection
                .setRemoteDescription(new SessionDescription(SdpType.OFFER, sdp))
                .thenCompose(done -> connection.setLocalDescription())
                .exceptionally(failure -> {
                    say("failed " + number + " " + failure);
                    return null;
                });
    }

    /** The local description with its candidates, in Base64. */
    static String described(PeerConnection connection) {
        SessionDescription description = Objects.requireNonNull(connection.localDescription());
        return Base64.getEncoder().encodeToString(description.sdp().getBytes(StandardCharsets.UTF_8));
    }

    private long connected() {
        return connections.values().stream()
                .filter(connection -> connection.connectionState() == PeerConnectionState.CONNECTED)
                .count();
    }

    static long heapBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static synchronized void say(String line) {
        System.out.println(line);
        System.out.flush();
    }
}
