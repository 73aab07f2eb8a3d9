package io.github.purrtc;

import io.github.purrtc.ice.CommonPorts;
import io.github.purrtc.ice.NetworkOptions;
import io.github.purrtc.ice.NetworkOptions.Transport;
import io.github.purrtc.ice.TcpType;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

/** Data channels over TCP alone: of UDP candidates neither side hears. */
class TcpChannelTest {
    private static final int CONNECTIONS = 50;
    private static final int MESSAGE_BYTES = 200_000;

    /** One side of it listens, the other connects. */
    private record Pair(PeerConnection offering, PeerConnection answering, CompletableFuture<Void> echoed) {
        static Pair open(WebRtc webRtc, TcpType typeOfOffering) {
            TcpType other = typeOfOffering == TcpType.ACTIVE ? TcpType.PASSIVE : TcpType.ACTIVE;
            Pair pair = new Pair(
                    webRtc.peerConnection(configuration(typeOfOffering)),
                    webRtc.peerConnection(configuration(other)),
                    new CompletableFuture<>());
            pair.trickleTcp(pair.offering, pair.answering);
            pair.trickleTcp(pair.answering, pair.offering);
            pair.echo();
            pair.watch(pair.negotiate());
            return pair;
        }

        private static Configuration configuration(TcpType type) {
            return Configuration.builder()
                    .includeLoopback(true)
                    .tcpTypes(Set.of(type))
                    .build();
        }

        private void trickleTcp(PeerConnection from, PeerConnection to) {
            from.onIceCandidate(candidate -> {
                if (candidate == null || candidate.candidate().contains(" tcp ")) {
                    watch(to.addIceCandidate(candidate));
                }
            });
        }

        /** Each description is with the peer before candidates can come, which are refused without it. */
        private CompletionStage<Void> negotiate() {
            return offering.createOffer()
                    .thenCompose(offer -> answering
                            .setRemoteDescription(offer)
                            .thenCompose(done -> offering.setLocalDescription(offer)))
                    .thenCompose(done -> answering.createAnswer())
                    .thenCompose(answer -> offering.setRemoteDescription(answer)
                            .thenCompose(done -> answering.setLocalDescription(answer)));
        }

        /** There will be no echo if that fails. */
        private void watch(CompletionStage<Void> step) {
            step.whenComplete((done, failure) -> {
                if (failure != null) {
                    echoed.completeExceptionally(failure);
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
                    echoed.complete(null);
                }
            });
        }

        void close() {
            offering.close();
            answering.close();
        }
    }

    private static WebRtc webRtc(Transport transport) throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
            return WebRtc.open(new WebRtcOptions(NetworkOptions.defaults()
                    .withThreads(2)
                    .withTransport(transport)
                    .withPorts(CommonPorts.NONE.withTcpPort(free.getLocalPort()))));
        }
    }

    static Stream<Transport> transports() {
        return Epoll.isAvailable() ? Stream.of(Transport.NIO, Transport.EPOLL) : Stream.of(Transport.NIO);
    }

    static Stream<Arguments> transportsAndTypes() {
        return transports()
                .flatMap(transport -> Stream.of(TcpType.ACTIVE, TcpType.PASSIVE)
                        .map(typeOfOffering -> Arguments.of(transport, typeOfOffering)));
    }

    @ParameterizedTest
    @MethodSource("transportsAndTypes")
    void largeMessagesGoBothWays(Transport transport, TcpType typeOfOffering) throws IOException {
        try (WebRtc webRtc = webRtc(transport)) {
            Pair pair = Pair.open(webRtc, typeOfOffering);
            PeerPair.get(pair.echoed);
            pair.close();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyConnectionsShareOnePort(Transport transport) throws IOException {
        try (WebRtc webRtc = webRtc(transport)) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < CONNECTIONS; i++) {
                pairs.add(Pair.open(webRtc, TcpType.ACTIVE));
            }
            for (Pair pair : pairs) {
                PeerPair.get(pair.echoed);
            }
            pairs.forEach(Pair::close);
        }
    }
}
