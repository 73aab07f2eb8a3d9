package io.github.purrtc.ice;

import io.github.purrtc.testing.Await;
import io.github.purrtc.testing.Coturn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

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
        return Peer.gathered(network.nextLoop(), options, errors);
    }

    private Peer[] connect(IceGatherOptions options) throws Exception {
        Peer a = gather(options);
        Peer z = gather(options);
        assertEquals(List.of(), errors);
        Peer.connect(a, z);
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

    /** Where the server is reached by IPv6, its addresses of both versions are there. */
    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void overIpv6DataPassesThroughRelaysOfIpv6(String transport) throws Exception {
        Assumptions.assumeTrue(hasIpv6Loopback(), "no ::1");
        try (Coturn coturn = Coturn.startForBothVersions(folder)) {
            IceGatherOptions options = relayOnly(coturn, transport, Coturn.PASSWORD)
                    .addressFilter(address -> address.isLoopbackAddress() && address instanceof Inet6Address)
                    .iceServers(List.of(
                            new IceServer(List.of(coturn.url(transport, "[::1]")), Coturn.USERNAME, Coturn.PASSWORD)))
                    .build();
            Peer a = gather(options);
            Peer z = gather(options);
            assertEquals(List.of(), errors);
            for (Peer peer : List.of(a, z)) {
                assertEquals(
                        Set.of("0:0:0:0:0:0:0:1", "127.0.0.1"),
                        peer.gatherer.localCandidates().stream()
                                .map(candidate ->
                                        candidate.socketAddress().getAddress().getHostAddress())
                                .collect(Collectors.toSet()));
            }
            a.start(IceRole.CONTROLLING, z);
            z.start(IceRole.CONTROLLED, a);
            learnIpv6(a, z);
            learnIpv6(z, a);
            Peer.awaitConnected(a, z);
            CandidatePair pair = a.transport.selectedPair();
            assertTrue(pair.local().socketAddress().getAddress() instanceof Inet6Address, pair::toString);
            for (int i = 0; i < 50; i++) {
                exchange(a, z, i);
                exchange(z, a, i);
            }
            coturn.awaitLogged("CHANNEL_BIND processed, success", 2);
            a.stop();
            z.stop();
        }
    }

    private static boolean hasIpv6Loopback() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getByName("::1"))) {
            return socket.isBound();
        } catch (IOException e) {
            return false;
        }
    }

    private static void learnIpv6(Peer who, Peer of) throws Exception {
        List<Candidate> candidates = of.gatherer.localCandidates().stream()
                .filter(candidate -> candidate.address().contains(":"))
                .toList();
        assertEquals(1, candidates.size());
        LoopCalls.run(who.loop, () -> candidates.forEach(who.transport::addRemoteCandidate));
    }

    /** coturn as a STUN server: with one port for all it is a socket shared by connections that asks. */
    @Test
    void connectionsOnOnePortAskAStunServerEach() throws Exception {
        try (Coturn coturn = Coturn.start(folder);
                Network port = Network.open(
                        NetworkOptions.defaults().withThreads(2).withPorts(CommonPorts.udp(FreePort.find())))) {
            IceGatherOptions options = relayOnly(coturn, "udp", Coturn.PASSWORD)
                    .transportPolicy(IceTransportPolicy.ALL)
                    .iceServers(List.of(IceServer.of(coturn.url("udp").replace("turn:", "stun:"))))
                    .build();
            for (int i = 0; i < 4; i++) {
                Peer peer = new Peer(port.nextLoop(), options);
                peer.gatherer.listener(new IceGatherer.Listener() {
                    @Override
                    public void onError(IceCandidateError error) {
                        errors.add(error);
                    }
                });
                peer.gather();
                Await.until(() -> "complete: " + errors, () -> peer.gatherer.state() == IceGathererState.COMPLETE);
                peer.stop();
            }
            // On loopback there is no NAT, and so no candidate; that the server has answered shows in there being no
            // error.
            assertEquals(List.of(), errors);
            assertEquals(0, port.portEntries());
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
            Await.until(() -> "both relays lost: " + errors, () -> errors.size() == 2);
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
