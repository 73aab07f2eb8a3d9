package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.testing.Await;
import io.github.purrtc.testing.Coturn;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Options that are set when there is something gathered already: T10. */
class OtherServersTest {
    private static Network network;

    private final List<Peer> peers = new ArrayList<>();
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

    @AfterEach
    void stop() throws Exception {
        for (Peer peer : peers) {
            peer.stop();
        }
    }

    private static IceGatherOptions.Builder ipv4Loopback() {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .serverTimeout(Duration.ofSeconds(15));
    }

    private static IceGatherOptions relayed(Coturn coturn, String username, String password) {
        return ipv4Loopback()
                .transportPolicy(IceTransportPolicy.RELAY)
                .iceServers(List.of(turn(coturn, username, password)))
                .build();
    }

    private static IceServer turn(Coturn coturn, String username, String password) {
        return new IceServer(List.of(coturn.url("udp")), username, password);
    }

    private Peer gather(IceGatherOptions options) throws Exception {
        Peer peer = new Peer(network.nextLoop(), options);
        peers.add(peer);
        peer.gatherer.listener(new IceGatherer.Listener() {
            @Override
            public void onError(IceCandidateError error) {
                errors.add(error);
            }
        });
        peer.gather();
        awaitComplete(peer);
        return peer;
    }

    private void awaitComplete(Peer peer) {
        Await.until(() -> "complete: " + errors, () -> peer.gatherer.state() == IceGathererState.COMPLETE);
        peer.refreshCandidates();
    }

    private static void set(Peer peer, IceGatherOptions options) throws Exception {
        LoopCalls.run(peer.loop, () -> peer.gatherer.options(options));
    }

    private static void connect(Peer a, Peer z) throws Exception {
        Peer.connect(a, z);
    }

    private void restart(Peer a, Peer z) throws Exception {
        a.restart();
        z.restart();
        awaitComplete(a);
        awaitComplete(z);
    }

    private static void exchange(Peer from, Peer to) throws Exception {
        byte[] datagram = {23, 1, 2};
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram, 0, datagram.length);
            from.transport.flush();
        });
        assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS));
    }

    private static List<CandidateType> types(Peer peer) {
        return peer.gatherer.localCandidates().stream().map(Candidate::type).toList();
    }

    private static Candidate only(Peer peer) {
        assertEquals(1, peer.gatherer.localCandidates().size());
        return peer.gatherer.localCandidates().get(0);
    }

    private static Candidate inUse(Peer peer) {
        return peer.transport.selectedPair().local();
    }

    @Test
    void aRestartMovesToRelaysWithTheNewCredentials() throws Exception {
        try (Coturn coturn = Coturn.start(folder, "--user=zoe:other")) {
            Peer a = gather(relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            Peer z = gather(relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            Candidate before = only(a);
            connect(a, z);
            set(a, relayed(coturn, "zoe", "other"));
            set(z, relayed(coturn, "zoe", "other"));
            assertEquals(before, only(a), "nothing changes before the restart");
            assertEquals(List.of(), LoopCalls.call(a.loop, a.gatherer::candidatesForRestart));
            restart(a, z);
            assertEquals(List.of(), errors);
            Candidate after = only(a);
            assertNotEquals(before.port(), after.port());
            assertEquals(before, inUse(a), "in use until there is another");
            exchange(a, z);
            exchange(z, a);
            connect(a, z);
            Await.until(() -> "moved: " + inUse(a), () -> inUse(a).equals(after) && inUse(z).equals(only(z)));
            exchange(a, z);
            exchange(z, a);
            coturn.awaitLogged("username=<mia>, lifetime=0", 2);
            assertEquals(0, coturn.logged("username=<zoe>, lifetime=0"));
        }
    }

    @Test
    void credentialsThatWereWrongCanBeMendedByARestart() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            Peer a = gather(relayed(coturn, Coturn.USERNAME, "wrong"));
            assertEquals(List.of(), a.gatherer.localCandidates());
            assertEquals(401, errors.get(0).errorCode());
            set(a, relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            a.restart();
            awaitComplete(a);
            assertEquals(CandidateType.RELAYED, only(a).type());
        }
    }

    @Test
    void anotherPolicyGathersAllAnew() throws Exception {
        try (Coturn coturn = Coturn.start(folder)) {
            IceServer turn = turn(coturn, Coturn.USERNAME, Coturn.PASSWORD);
            IceGatherOptions all = ipv4Loopback().iceServers(List.of(turn)).build();
            Peer a = gather(all);
            Peer z = gather(all);
            assertEquals(List.of(CandidateType.HOST, CandidateType.RELAYED), types(a));
            connect(a, z);
            set(a, relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            set(z, relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            restart(a, z);
            assertEquals(List.of(CandidateType.RELAYED), types(a));
            connect(a, z);
            Await.until(() -> "relayed: " + inUse(a), () -> inUse(a).equals(only(a)) && inUse(z).equals(only(z)));
            exchange(a, z);
            set(a, all);
            set(z, all);
            restart(a, z);
            assertEquals(List.of(CandidateType.HOST, CandidateType.RELAYED), types(a));
            connect(a, z);
            Await.until(() -> "direct again: " + inUse(a), () -> inUse(a).type() == CandidateType.HOST);
            exchange(a, z);
            exchange(z, a);
        }
    }

    @Test
    void aRestartThatIsTakenBackLeavesWhatThereWas() throws Exception {
        try (Coturn coturn = Coturn.start(folder, "--user=zoe:other")) {
            Peer a = gather(relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            Peer z = gather(relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            Candidate before = only(a);
            connect(a, z);
            set(a, relayed(coturn, "zoe", "other"));
            a.restart();
            awaitComplete(a);
            Candidate fresh = only(a);
            LoopCalls.run(a.loop, () -> assertTrue(a.transport.cancelRestart()));
            assertEquals(List.of(before, fresh), a.gatherer.localCandidates());
            exchange(a, z);
            restart(a, z);
            assertEquals(List.of(fresh), a.gatherer.localCandidates());
            connect(a, z);
            Await.until(() -> "moved: " + inUse(a), () -> inUse(a).equals(fresh));
            exchange(z, a);
        }
    }

    /** Counts its clients' requests, and answers unless told not to. */
    private static TinyStunServer counting(AtomicInteger requests, String mapped) throws Exception {
        return new TinyStunServer(request -> {
            requests.incrementAndGet();
            return mapped.isEmpty()
                    ? null
                    : new StunEncoder(StunClass.SUCCESS, request.id())
                            .xorMappedAddress(new InetSocketAddress(mapped, 5_555))
                            .toBytes();
        });
    }

    private static IceGatherOptions stun(TinyStunServer... servers) {
        List<IceServer> urls = new ArrayList<>();
        for (TinyStunServer server : servers) {
            urls.add(IceServer.of(server.url("stun")));
        }
        return ipv4Loopback().iceServers(urls).build();
    }

    @Test
    void onlyOtherServersAreAskedAgain() throws Exception {
        AtomicInteger ofFirst = new AtomicInteger();
        AtomicInteger ofSecond = new AtomicInteger();
        try (TinyStunServer first = counting(ofFirst, "192.0.2.1");
                TinyStunServer second = counting(ofSecond, "192.0.2.2")) {
            Peer a = gather(stun(first));
            int asked = ofFirst.get();
            assertTrue(asked > 0);
            set(a, stun(first));
            a.restart();
            awaitComplete(a);
            assertEquals(asked, ofFirst.get());
            List<Candidate> before = a.gatherer.localCandidates();
            set(a, stun(first, second));
            a.restart();
            awaitComplete(a);
            List<Candidate> after = a.gatherer.localCandidates();
            assertEquals(before, after.subList(0, 2), "what was told once is not told twice");
            assertEquals("192.0.2.2", after.get(2).address());
            assertEquals(3, after.size());
            assertEquals(List.of(), errors);
        }
    }

    @Test
    void aRestartDuringGatheringAsksTheNewServersAfterwards() throws Exception {
        AtomicInteger ofSilent = new AtomicInteger();
        try (TinyStunServer silent = counting(ofSilent, "");
                TinyStunServer good = counting(new AtomicInteger(), "192.0.2.3")) {
            IceGatherOptions toWait = ipv4Loopback()
                    .iceServers(List.of(IceServer.of(silent.url("stun"))))
                    .serverTimeout(Duration.ofSeconds(1))
                    .build();
            Peer a = new Peer(network.nextLoop(), toWait);
            peers.add(a);
            a.gather();
            assertEquals(IceGathererState.GATHERING, a.gatherer.state());
            set(a, stun(good));
            a.restart();
            awaitComplete(a);
            assertEquals("192.0.2.3", a.gatherer.localCandidates().get(1).address());
        }
    }

    /** What the gathering under way would still have told of the host is not told, and nothing new is begun from there. */
    @Test
    void relaysAloneCountFromARestartOnThoughGatheringGoesOn() throws Exception {
        AtomicBoolean answers = new AtomicBoolean();
        try (Coturn coturn = Coturn.start(folder);
                TinyStunServer late = new TinyStunServer(request -> answers.get()
                        ? new StunEncoder(StunClass.SUCCESS, request.id())
                                .xorMappedAddress(new InetSocketAddress("192.0.2.5", 5_555))
                                .toBytes()
                        : null)) {
            IceServer turn = turn(coturn, Coturn.USERNAME, Coturn.PASSWORD);
            Peer a = new Peer(
                    network.nextLoop(),
                    ipv4Loopback()
                            .iceServers(List.of(IceServer.of(late.url("stun"))))
                            .build());
            peers.add(a);
            List<Candidate> told = new CopyOnWriteArrayList<>();
            a.gatherer.listener(new IceGatherer.Listener() {
                @Override
                public void onCandidate(Candidate candidate) {
                    told.add(candidate);
                }
            });
            a.gather();
            Peer z = gather(ipv4Loopback().iceServers(List.of(turn)).build());
            connect(a, z);
            assertEquals(IceGathererState.GATHERING, a.gatherer.state());
            assertEquals(CandidateType.HOST, inUse(a).type());
            set(a, relayed(coturn, Coturn.USERNAME, Coturn.PASSWORD));
            told.clear();
            a.restart();
            assertEquals(List.of(), a.gatherer.localCandidates());
            answers.set(true);
            exchange(a, z);
            z.restart();
            awaitComplete(a);
            awaitComplete(z);
            connect(a, z);
            Await.until(() -> "relayed: " + inUse(a), () -> inUse(a).type() == CandidateType.RELAYED);
            exchange(a, z);
            assertEquals(told, a.gatherer.localCandidates());
            assertEquals("0.0.0.0", only(a).relatedAddress());
            assertTrue(
                    LoopCalls.call(a.loop, a.transport::stats).pairs().stream()
                            .allMatch(pair -> pair.pair().local().type() == CandidateType.RELAYED),
                    "no check from the host");
        }
    }

    @Test
    void beforeTheBeginningOptionsCountAtOnce() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (TinyStunServer server = counting(requests, "192.0.2.4")) {
            Peer a = new Peer(network.nextLoop(), ipv4Loopback().build());
            peers.add(a);
            set(a, stun(server));
            a.gather();
            awaitComplete(a);
            assertEquals(2, a.gatherer.localCandidates().size());
        }
    }

    @Test
    void liteCannotBeChanged() throws Exception {
        Peer a = gather(ipv4Loopback().build());
        IceGatherOptions lite = ipv4Loopback().lite(true).build();
        LoopCalls.run(a.loop, () -> assertThrows(IllegalArgumentException.class, () -> a.gatherer.options(lite)));
    }
}
