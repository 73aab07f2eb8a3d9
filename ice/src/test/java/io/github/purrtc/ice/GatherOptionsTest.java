package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import io.github.purrtc.testing.Await;
import io.github.purrtc.testing.Coturn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class GatherOptionsTest {
    private static final int ALLOCATE = 3;
    private static final int ALTERNATE_SERVER = 0x8023;

    private static Network network;

    private final List<IceCandidateError> errors = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        network = Network.open(NetworkOptions.defaults().withThreads(2));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private Peer gather(IceGatherOptions options) throws Exception {
        return Peer.gathered(network.nextLoop(), options, errors);
    }

    private static IceGatherOptions.Builder ipv4Loopback() {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .serverTimeout(Duration.ofSeconds(15));
    }

    @Test
    void versionsOfIpCanBeLeftOut() throws Exception {
        for (IpVersion version : IpVersion.values()) {
            Peer peer = gather(IceGatherOptions.builder()
                    .includeLoopback(true)
                    .ipVersions(Set.of(version))
                    .build());
            for (Candidate candidate : peer.gatherer.localCandidates()) {
                assertEquals(version, IpVersion.of(InetAddress.getByName(candidate.address())));
            }
            peer.stop();
        }
        assertThrows(
                IllegalArgumentException.class, () -> IceGatherOptions.builder().ipVersions(Set.of()));
    }

    @Test
    void refusedAddressesOfThePeerAreNeitherAskedNorAnswered() throws Exception {
        AtomicInteger asked = new AtomicInteger();
        Peer a = gather(ipv4Loopback()
                .remoteAddressFilter(address -> {
                    asked.incrementAndGet();
                    return !address.isLoopbackAddress();
                })
                .build());
        Peer z = gather(ipv4Loopback().build());
        a.start(IceRole.CONTROLLING, z);
        z.start(IceRole.CONTROLLED, a);
        a.learnCandidatesOf(z);
        z.learnCandidatesOf(a);
        Await.until("Z's checks arrive", () -> asked.get() > 3);
        assertEquals(null, a.transport.selectedPair());
        assertEquals(null, z.transport.selectedPair());
        a.stop();
        z.stop();
    }

    @Test
    void aMappingIsLearnedOnceForAllConnections() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        InetSocketAddress mapped = new InetSocketAddress("192.0.2.77", 7_777);
        try (TinyStunServer server = new TinyStunServer(request -> {
            requests.incrementAndGet();
            return new StunEncoder(StunClass.SUCCESS, request.id())
                    .xorMappedAddress(mapped)
                    .toBytes();
        })) {
            IceGatherOptions options = ipv4Loopback()
                    .mappingServers(List.of(IceServer.of(server.url("stun"))))
                    .build();
            Peer first = gather(options);
            int asked = requests.get();
            assertTrue(asked > 0);
            Peer second = gather(options);
            assertEquals(asked, requests.get());
            Candidate host = second.gatherer.localCandidates().get(0);
            Candidate reflexive = second.gatherer.localCandidates().get(1);
            assertEquals(CandidateType.SERVER_REFLEXIVE, reflexive.type());
            assertEquals("192.0.2.77", reflexive.address());
            assertEquals(host.port(), reflexive.port());
            first.stop();
            second.stop();
        }
    }

    @Test
    void anotherServerIsFollowed(@TempDir Path folder) throws Exception {
        try (Coturn coturn = Coturn.start(folder);
                TinyStunServer first = redirecting(() -> port(coturn.url("udp")))) {
            Peer peer = gather(turn(first));
            assertEquals(List.of(), errors);
            assertEquals(
                    CandidateType.RELAYED,
                    peer.gatherer.localCandidates().get(0).type());
            peer.stop();
        }
    }

    @Test
    void serversThatSendInACircleAreGivenUp() throws Exception {
        TinyStunServer[] servers = new TinyStunServer[2];
        try (TinyStunServer ping = redirecting(() -> port(servers[1].url("turn")));
                TinyStunServer pong = redirecting(() -> port(servers[0].url("turn")))) {
            servers[0] = ping;
            servers[1] = pong;
            Peer peer = gather(turn(ping));
            assertEquals(List.of(), peer.gatherer.localCandidates());
            assertEquals(1, errors.size());
            assertEquals(300, errors.get(0).errorCode(), errors::toString);
            peer.stop();
        }
    }

    @Test
    void aChainOfServersIsFollowedToTheFourth() throws Exception {
        List<TinyStunServer> servers = new ArrayList<>();
        Set<Integer> asked = ConcurrentHashMap.newKeySet();
        try {
            for (int i = 0; i < 8; i++) {
                int next = i + 1;
                servers.add(redirecting(() -> {
                    asked.add(next);
                    return port(servers.get(next).url("turn"));
                }));
            }
            Peer peer = gather(turn(servers.get(0)));
            assertEquals(Set.of(1, 2, 3, 4), asked);
            assertEquals(1, errors.size());
            assertEquals(300, errors.get(0).errorCode(), errors::toString);
            peer.stop();
        } finally {
            for (TinyStunServer server : servers) {
                server.close();
            }
        }
    }

    @Test
    void aTakenPortIsLeftForAnotherOnce() throws Exception {
        Set<TransactionId> allocates = ConcurrentHashMap.newKeySet();
        try (TinyStunServer server = new TinyStunServer(request -> {
            allocates.add(request.id());
            return new StunEncoder(StunClass.ERROR, ALLOCATE, request.id())
                    .errorCode(437, "Mismatch")
                    .toBytes();
        })) {
            Peer peer = gather(turn(server));
            assertEquals(2, allocates.size());
            assertEquals(1, errors.size());
            assertEquals(437, errors.get(0).errorCode());
            peer.stop();
        }
    }

    private static IceGatherOptions turn(TinyStunServer server) {
        return ipv4Loopback()
                .transportPolicy(IceTransportPolicy.RELAY)
                .iceServers(List.of(new IceServer(List.of(server.url("turn")), Coturn.USERNAME, Coturn.PASSWORD)))
                .build();
    }

    private static int port(String url) {
        return URI.create(url.replace("turn:", "turn://")).getPort();
    }

    private static TinyStunServer redirecting(java.util.function.IntSupplier port) throws Exception {
        return new TinyStunServer(request -> {
            byte[] address = ByteBuffer.allocate(8)
                    .putShort((short) 1)
                    .putShort((short) port.getAsInt())
                    .putInt(0x7F000001)
                    .array();
            return new StunEncoder(StunClass.ERROR, ALLOCATE, request.id())
                    .errorCode(300, "Try Alternate")
                    .attribute(ALTERNATE_SERVER, address)
                    .toBytes();
        });
    }

    @Test
    void badOptionsAreRefused() {
        IceGatherOptions.Builder builder = IceGatherOptions.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.networkCheckInterval(Duration.ofMillis(999)));
        assertThrows(IllegalArgumentException.class, () -> builder.networkCheckInterval(Duration.ofSeconds(-5)));
    }
}
