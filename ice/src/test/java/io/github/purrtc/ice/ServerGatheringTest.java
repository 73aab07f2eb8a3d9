package io.github.purrtc.ice;

import io.github.purrtc.testing.Await;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class ServerGatheringTest {
    private static final InetSocketAddress MAPPED = new InetSocketAddress("192.0.2.7", 5_555);

    private static Network network;

    private final NetworkLoop loop = network.nextLoop();
    private final List<IceCandidateError> errors = new CopyOnWriteArrayList<>();

    @BeforeAll
    static void open() {
        network = Network.open(NetworkOptions.defaults().withThreads(2));
    }

    @AfterAll
    static void close() {
        network.close();
    }

    private static IceGatherOptions.Builder ipv4Loopback(IceServer... servers) {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .serverTimeout(Duration.ofSeconds(15))
                .iceServers(List.of(servers));
    }

    private IceGatherer gather(IceGatherOptions options) throws Exception {
        IceGatherer gatherer = start(options);
        Await.until(
                () -> "complete, but " + gatherer.state() + errors,
                () -> gatherer.state() == IceGathererState.COMPLETE);
        return gatherer;
    }

    private IceGatherer start(IceGatherOptions options) throws Exception {
        IceGatherer gatherer = new IceGatherer(loop, options);
        gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onError(IceCandidateError error) {
                errors.add(error);
            }
        });
        LoopCalls.run(loop, gatherer::gather);
        return gatherer;
    }

    @Test
    void aStunServerGivesAReflexiveCandidate() throws Exception {
        try (TinyStunServer server = TinyStunServer.seeing(MAPPED)) {
            IceGatherer gatherer =
                    gather(ipv4Loopback(IceServer.of(server.url("stun"))).build());
            assertEquals(2, gatherer.localCandidates().size());
            Candidate host = gatherer.localCandidates().get(0);
            Candidate reflexive = gatherer.localCandidates().get(1);
            assertEquals(CandidateType.SERVER_REFLEXIVE, reflexive.type());
            assertEquals(MAPPED, reflexive.socketAddress());
            assertEquals(host.address(), reflexive.relatedAddress());
            assertEquals(host.port(), reflexive.relatedPort());
            assertTrue(reflexive.priority() < host.priority());
            assertEquals(List.of(), errors);
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void aServerThatSeesNoNatIsNoError() throws Exception {
        IceGatherer[] gatherer = new IceGatherer[1];
        try (TinyStunServer server = new TinyStunServer(request -> new io.github.purrtc.ice.internal.stun.StunEncoder(
                        io.github.purrtc.ice.internal.stun.StunClass.SUCCESS, request.id())
                .xorMappedAddress(gatherer[0].localCandidates().get(0).socketAddress())
                .toBytes())) {
            gatherer[0] = new IceGatherer(
                    loop, ipv4Loopback(IceServer.of(server.url("stun"))).build());
            gatherer[0].listener(new IceGatherer.Listener() {
                @Override
                public void onError(IceCandidateError error) {
                    errors.add(error);
                }
            });
            LoopCalls.run(loop, gatherer[0]::gather);
            Await.until("complete", () -> gatherer[0].state() == IceGathererState.COMPLETE);
            assertEquals(1, gatherer[0].localCandidates().size());
            assertEquals(List.of(), errors);
            LoopCalls.run(loop, gatherer[0]::close);
        }
    }

    @Test
    void aSilentServerCostsItsTimeAndNothingElse() throws Exception {
        try (TinyStunServer silent = new TinyStunServer(request -> null);
                TinyStunServer good = TinyStunServer.seeing(MAPPED)) {
            IceServer silentServer = IceServer.of(silent.url("stun"));
            IceGatherer gatherer = gather(ipv4Loopback(silentServer, IceServer.of(good.url("stun")))
                    .serverTimeout(Duration.ofSeconds(3))
                    .build());
            assertEquals(2, gatherer.localCandidates().size());
            assertEquals(1, errors.size());
            assertEquals(IceCandidateError.UNREACHABLE, errors.get(0).errorCode());
            assertEquals(silent.url("stun"), errors.get(0).url());
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void aRefusalIsReportedWithItsCode() throws Exception {
        try (TinyStunServer refusing = TinyStunServer.refusing(486)) {
            IceServer turn = new IceServer(List.of(refusing.url("turn")), "mia", "secret");
            IceGatherer gatherer = gather(ipv4Loopback(turn).build());
            assertEquals(1, gatherer.localCandidates().size());
            assertEquals(1, errors.size());
            assertEquals(486, errors.get(0).errorCode(), errors::toString);
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void whatCannotBeUsedIsAnError() throws Exception {
        IceServer tls = IceServer.of("stuns:127.0.0.1:9");
        IceServer nowhere = IceServer.of("stun:nowhere.invalid");
        IceGatherer gatherer = gather(ipv4Loopback(tls, nowhere).build());
        assertEquals(1, gatherer.localCandidates().size());
        assertEquals(2, errors.size());
        assertTrue(errors.stream().allMatch(error -> error.errorCode() == IceCandidateError.UNREACHABLE));
        LoopCalls.run(loop, gatherer::close);
    }

    @Test
    void withRelaysAloneStunServersAreNotAsked() throws Exception {
        try (TinyStunServer server = TinyStunServer.seeing(MAPPED)) {
            IceGatherer gatherer = gather(ipv4Loopback(IceServer.of(server.url("stun")))
                    .transportPolicy(IceTransportPolicy.RELAY)
                    .build());
            assertEquals(List.of(), gatherer.localCandidates());
            LoopCalls.run(loop, gatherer::close);
        }
    }

    @Test
    void closedWhileItWaitsItEndsAtOnce() throws Exception {
        try (TinyStunServer silent = new TinyStunServer(request -> null)) {
            IceGatherer gatherer =
                    start(ipv4Loopback(IceServer.of(silent.url("stun"))).build());
            assertEquals(IceGathererState.GATHERING, gatherer.state());
            LoopCalls.run(loop, gatherer::close);
            assertEquals(IceGathererState.CLOSED, gatherer.state());
        }
    }

    @Test
    void theSocketsOfAReflexiveCandidateCarryTheConnection() throws Exception {
        try (TinyStunServer server = TinyStunServer.seeing(MAPPED)) {
            IceGatherOptions options =
                    ipv4Loopback(IceServer.of(server.url("stun"))).build();
            Peer a = new Peer(loop, options);
            Peer z = new Peer(network.nextLoop(), options);
            a.gather();
            z.gather();
            Peer.connect(a, z);
            assertFalse(a.selected.get().isRelayed());
            a.stop();
            z.stop();
        }
    }

    @Test
    void badServersAreRefused() {
        for (String url : List.of(
                "",
                "stun",
                "stun:",
                "http://example.org",
                "stun:a b",
                "stun:host:0",
                "stun:host:65536",
                "stun:host?transport=udp",
                "turn:host?transport=sctp",
                "stun://host",
                "stun:[::1")) {
            assertThrows(IllegalArgumentException.class, () -> IceServer.of(url), url);
        }
        assertThrows(IllegalArgumentException.class, () -> IceServer.of("turn:host"));
        assertThrows(IllegalArgumentException.class, () -> new IceServer(List.of(), null, null));
        IceServer turn = new IceServer(List.of("turn:[2001:db8::1]:99?transport=tcp", "TURNS:h"), "mia", "secret");
        assertFalse(turn.toString().contains("secret"));
        assertFalse(turn.toString().contains("mia"));
    }
}
