package io.github.purrtc;

import io.github.purrtc.ice.CommonPorts;
import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.ice.TcpType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;

/** Data channels over TCP alone: of UDP candidates neither side hears. */
class TcpChannelTest {
    private static final int CONNECTIONS = 50;
    private static final int MESSAGE_BYTES = 200_000;

    /** One side of it listens, the other connects. */
    private record Pair(PeerConnection offering, PeerConnection answering, CountDownLatch echoed) {
        static Pair open(WebRtc webRtc, TcpType typeOfOffering) {
            TcpType other = typeOfOffering == TcpType.ACTIVE ? TcpType.PASSIVE : TcpType.ACTIVE;
            Pair pair = new Pair(
                    webRtc.peerConnection(configuration(typeOfOffering)),
                    webRtc.peerConnection(configuration(other)),
                    new CountDownLatch(1));
            trickleTcp(pair.offering, pair.answering);
            trickleTcp(pair.answering, pair.offering);
            pair.echo();
            pair.offering
                    .createOffer()
                    .thenCompose(offer -> pair.offering
                            .setLocalDescription(offer)
                            .thenCompose(done -> pair.answering.setRemoteDescription(offer)))
                    .thenCompose(done -> pair.answering.createAnswer())
                    .thenCompose(answer -> pair.answering
                            .setLocalDescription(answer)
                            .thenCompose(done -> pair.offering.setRemoteDescription(answer)));
            return pair;
        }

        private static Configuration configuration(TcpType type) {
            return Configuration.builder()
                    .includeLoopback(true)
                    .tcpTypes(Set.of(type))
                    .build();
        }

        private static void trickleTcp(PeerConnection from, PeerConnection to) {
            from.onIceCandidate(candidate -> {
                if (candidate == null || candidate.candidate().contains(" tcp ")) {
                    to.addIceCandidate(candidate);
                }
            });
        }

        private void echo() {
            byte[] message = new byte[MESSAGE_BYTES];
            Arrays.fill(message, (byte) 7);
            answering.onDataChannel(channel -> channel.onMessage(channel::send));
            DataChannel channel = offering.createDataChannel("cat-noises");
            channel.onOpen(() -> channel.send(message));
            channel.onMessage(echo -> {
                if (Arrays.equals(message, echo.bytes())) {
                    echoed.countDown();
                }
            });
        }

        void close() {
            offering.close();
            answering.close();
        }
    }

    private static WebRtc webRtc() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return WebRtc.open(new WebRtcOptions(NetworkOptions.defaults()
                    .withThreads(2)
                    .withPorts(CommonPorts.NONE.withTcpPort(free.getLocalPort()))));
        }
    }

    @ParameterizedTest
    @EnumSource(
            value = TcpType.class,
            names = {"ACTIVE", "PASSIVE"})
    void largeMessagesGoBothWays(TcpType typeOfOffering) throws IOException {
        try (WebRtc webRtc = webRtc()) {
            Pair pair = Pair.open(webRtc, typeOfOffering);
            PeerPair.await(pair.echoed, "the echo");
            pair.close();
        }
    }

    @Test
    void manyConnectionsShareOnePort() throws IOException {
        try (WebRtc webRtc = webRtc()) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                pairs.add(Pair.open(webRtc, TcpType.ACTIVE));
            }
            for (Pair pair : pairs) {
                PeerPair.await(pair.echoed, "the echo");
            }
            pairs.forEach(Pair::close);
        }
    }
}
