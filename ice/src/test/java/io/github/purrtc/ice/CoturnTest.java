package io.github.purrtc.ice;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Relayed candidates by a real coturn: T1, T2, T4, T5 and T8 once more, with what others have written. */
class CoturnTest {
    private static Network network;

    private final List<IceCandidateError> errors = new CopyOnWriteArrayList<>();

    @TempDir
    Path folder;

    @BeforeAll
    static void open() {
        network = Network.open(NetworkOptions.defaults().withThreads(2));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static IceGatherOptions.Builder relayOnly(Coturn coturn, String transport, String password)
            throws Exception {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .transportPolicy(IceTransportPolicy.RELAY)
                .tlsContext(coturn.trust())
                .serverTimeout(Duration.ofSeconds(15))
                .iceServers(List.of(new IceServer(List.of(coturn.url(transport)), Coturn.USERNAME, password)));
    }

    private Peer gather(IceGatherOptions options) throws Exception {
        Peer peer = new Peer(network.nextLoop(), options);
        peer.gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onError(IceCandidateError error) {
                errors.add(error);
            }
        });
        peer.gather();
        LoopCalls.await(() -> peer.gatherer.state() == IceGathererState.COMPLETE, () -> "complete: " + errors);
        peer.refreshCandidates();
        return peer;
    }

    private Peer[] connect(IceGatherOptions options) throws Exception {
        Peer a = gather(options);
        Peer z = gather(options);
        assertEquals(List.of(), errors);
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnCandidatesOf(z);
        z.learnCandidatesOf(a);
        Peer.awaitConnected(a, z);
        return new Peer[] {a, z};
    }

    private static void exchange(Peer from, Peer to, int number) throws Exception {
        byte[] datagram = new byte[1 + number * 5];
        Arrays.fill(datagram, (byte) number);
        datagram[0] = 23;
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram, 0, datagram.length);
            from.transport.flush();
        });
        assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS), "number " + number);
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void dataPassesBothWaysThroughTwoRelays(String transport) throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer[] peers = connect(relayOnly(coturn, transport, Coturn.PASSWORD).build());
            Peer a = peers[0];
            Peer z = peers[1];
            assertEquals(1, a.gatherer.localCandidates().size());
            Candidate relayed = a.gatherer.localCandidates().get(0);
            assertEquals(CandidateType.RELAYED, relayed.type());
            assertEquals("0.0.0.0", relayed.relatedAddress());
            assertEquals(0, relayed.relatedPort());
            assertTrue(a.selected.get().isRelayed());
            for (int i = 0; i < 200; i++) {
                exchange(a, z, i);
                exchange(z, a, i);
            }
            coturn.awaitLogged("CHANNEL_BIND processed, success", 2);
            a.stop();
            z.stop();
            coturn.awaitLogged("username=<mia>, lifetime=0", 2);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void aWrongPasswordIsReported(String transport) throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer a = gather(relayOnly(coturn, transport, "wrong").build());
            assertEquals(List.of(), a.gatherer.localCandidates());
            assertEquals(1, errors.size());
            assertEquals(401, errors.get(0).errorCode(), errors::toString);
            assertEquals(coturn.url(transport), errors.get(0).url());
            assertTrue(errors.stream().noneMatch(error -> error.toString().contains("wrong")));
            a.stop();
        }
    }

    /** On loopback there is no NAT, and so no candidate; that the server has answered shows in there being no error. */
    @Test
    void stunOverTlsIsAnswered() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            String url = coturn.url("tls").replace("turns:", "stuns:");
            Peer a = gather(relayOnly(coturn, "tls", Coturn.PASSWORD)
                    .transportPolicy(IceTransportPolicy.ALL)
                    .iceServers(List.of(IceServer.of(url)))
                    .build());
            assertEquals(List.of(), errors);
            assertEquals(1, a.gatherer.localCandidates().size());
            coturn.awaitLogged("tls connected to", 1);
            a.stop();
        }
    }

    @Test
    void anUnknownCertificateIsRefused() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            IceGatherOptions options = relayOnly(coturn, "tls", Coturn.PASSWORD)
                    .tlsContext(javax.net.ssl.SSLContext.getDefault())
                    .build();
            Peer a = gather(options);
            assertEquals(List.of(), a.gatherer.localCandidates());
            assertEquals(701, errors.get(0).errorCode());
            assertTrue(errors.get(0).errorText().startsWith("TLS: "), errors::toString);
            a.stop();
        }
    }

    @Test
    void theQuotaOfTheServerIsReported() throws Exception {
        try (Coturn coturn = Coturn.start(folder, "--user-quota=1")) {
            IceGatherOptions options = relayOnly(coturn, "udp", Coturn.PASSWORD).build();
            Peer first = gather(options);
            assertEquals(List.of(), errors);
            Peer second = gather(options);
            assertEquals(486, errors.get(0).errorCode(), errors::toString);
            first.stop();
            second.stop();
        }
    }

    @Test
    void aServerOnThisHostIsReachedWhateverTheInterfaces() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer a = gather(relayOnly(coturn, "udp", Coturn.PASSWORD)
                    .addressFilter(address -> !address.isLoopbackAddress())
                    .build());
            assertEquals(List.of(), errors);
            assertEquals(1, a.gatherer.localCandidates().size());
            a.stop();
        }
    }

    /** Nonces, permissions, channels and allocations that all grow old within seconds. */
    @Test
    void whatGrowsOldIsRenewed() throws Exception {
        try (Coturn coturn = Coturn.start(
                folder,
                "--stale-nonce=1",
                "--max-allocate-lifetime=4",
                "--permission-lifetime=2",
                "--channel-lifetime=3")) {
            IceGatherOptions options = relayOnly(coturn, "udp", Coturn.PASSWORD)
                    .relayRenewal(Duration.ofMillis(700), Duration.ofMillis(900))
                    .build();
            Peer[] peers = connect(options);
            int number = 0;
            long limit = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
            while (coturn.logged("username=<mia>, lifetime=4") < 6) {
                assertTrue(System.nanoTime() - limit < 0, coturn::log);
                exchange(peers[0], peers[1], number % 100);
                exchange(peers[1], peers[0], number % 100);
                number++;
            }
            assertTrue(coturn.logged("CREATE_PERMISSION processed, success") > 4, coturn::log);
            assertTrue(coturn.logged("CHANNEL_BIND processed, success") > 4, coturn::log);
            assertTrue(coturn.logged("error 438") > 0, coturn::log);
            assertEquals(List.of(), errors);
            peers[0].stop();
            peers[1].stop();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"tcp", "tls"})
    void aServerThatDiesIsToldAtOnceWhereThereIsAConnection(String transport) throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer[] peers = connect(relayOnly(coturn, transport, Coturn.PASSWORD).build());
            exchange(peers[0], peers[1], 9);
            coturn.kill();
            LoopCalls.await(() -> errors.size() == 2, () -> "both relays lost: " + errors);
            assertEquals(701, errors.get(0).errorCode());
            LoopCalls.run(peers[0].loop, () -> {
                peers[0].transport.write(new byte[] {23}, 0, 1);
                peers[0].transport.flush();
            });
            peers[0].stop();
            peers[1].stop();
        }
    }

    @Test
    void aServerThatDiesWithoutAWordIsNoticedByConsent() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer[] peers = connect(relayOnly(coturn, "udp", Coturn.PASSWORD).build());
            coturn.kill();
            peers[0].awaitState(IceTransportState.DISCONNECTED);
            peers[0].stop();
            peers[1].stop();
        }
    }
}
