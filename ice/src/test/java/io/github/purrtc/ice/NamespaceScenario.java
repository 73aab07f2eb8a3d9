package io.github.purrtc.ice;

import io.github.purrtc.ice.internal.mdns.LinkName;
import io.github.purrtc.testing.Await;

import java.net.InetAddress;
import java.net.NetworkInterface;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** What happens on a host with the one interface one interface with multicast, and the one address 10.77.0.1 apart from loopback. */
enum NamespaceScenario {
    /** Both peers hide their address behind a name, and find each other. */
    NAMES_STAND_FOR_ADDRESSES {
        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            IceGatherOptions options = IceGatherOptions.builder()
                    .hostAddressPolicy(HostAddressPolicy.MDNS_NAMES)
                    .build();
            Peer a = gather(ofA, options);
            Peer z = gather(ofZ, options);
            for (Peer peer : List.of(a, z)) {
                assertEquals(1, peer.gatherer.localCandidates().size());
                Candidate told = peer.gatherer.localCandidates().get(0);
                assertTrue(LinkName.isOne(told.address()), told::toString);
                assertFalse(told.toString().contains("10.77"), told::toString);
            }
            a.start(IceRole.CONTROLLING, z);
            // Z does not know of A before A's check comes: A has to look Z's name up.
            a.learnCandidatesOf(z);
            z.start(IceRole.CONTROLLED, a);
            Peer.awaitConnected(a, z);
            assertTrue(LinkName.isOne(a.selected.get().remote().address()), a.selected::toString);
            exchange(a, z);
            a.stop();
            z.stop();
        }
    },
    /** One that reads one question a message, as Chromium does; it is asked once, also for two connections, until it takes the name back. */
    A_BROWSER_ANSWERS_FOR_A_NAME {
        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            String name = LinkName.random();
            try (TinyResponder responder = new TinyResponder(name, InetAddress.getByName("10.77.0.1"))) {
                Peer z = gather(ofZ, IceGatherOptions.defaults());
                connectByName(ofA, z, name).stop();
                assertEquals(1, responder.answers.get());
                Peer again = gather(ofZ, IceGatherOptions.defaults());
                connectByName(ofA, again, name).stop();
                assertEquals(1, responder.answers.get());
                responder.announce(0);
                Await.until("asked again", () -> asks(ofA, name, responder, 1));
                z.stop();
                again.stop();
            }
        }

        private static Peer connectByName(Network network, Peer z, String name) throws Exception {
            Peer a = gather(network, IceGatherOptions.defaults());
            a.start(IceRole.CONTROLLING, z);
            Candidate host = z.gatherer.localCandidates().get(0);
            LoopCalls.run(a.loop, () -> a.transport.addRemoteCandidate(host.withAddress(name)));
            z.start(IceRole.CONTROLLED, a);
            Peer.awaitConnected(a, z);
            assertEquals(name, a.selected.get().remote().address());
            return a;
        }

        /** The farewell may be on its way still: then what was heard holds. */
        private static boolean asks(Network network, String name, TinyResponder responder, int before) {
            NetworkLoop loop = network.nextLoop();
            java.util.concurrent.CompletableFuture<Boolean> found = new java.util.concurrent.CompletableFuture<>();
            loop.execute(() -> loop.linkNames().find(name, loop, address -> found.complete(true)));
            found.join();
            return responder.answers.get() > before;
        }
    },
    /** Names that nobody answers for cost a second, and nothing else. */
    UNKNOWN_NAMES_COST_A_SECOND {
        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            Peer a = gather(ofA, IceGatherOptions.defaults());
            Peer z = gather(ofZ, IceGatherOptions.defaults());
            a.start(IceRole.CONTROLLING, z);
            z.start(IceRole.CONTROLLED, a);
            Candidate host = z.gatherer.localCandidates().get(0);
            LoopCalls.run(a.loop, () -> {
                for (int i = 0; i < 50; i++) {
                    a.transport.addRemoteCandidate(host.withAddress(LinkName.random()));
                }
                a.transport.addRemoteCandidate(host.withAddress("printer.local"));
                a.transport.addRemoteCandidate(host);
                a.transport.endOfRemoteCandidates();
            });
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            a.awaitState(IceTransportState.COMPLETED);
            a.stop();
            z.stop();
        }
    },
    /** An address comes and the first one goes: the candidates follow, and so does the connection. */
    ADDRESSES_COME_AND_GO {
        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            IceGatherOptions options = IceGatherOptions.builder()
                    .networkCheckInterval(Duration.ofSeconds(1))
                    .build();
            Peer a = gather(ofA, options);
            Peer z = gather(ofZ, options);
            List<Candidate> removed = new CopyOnWriteArrayList<>();
            for (Peer[] each : new Peer[][] {{a, z}, {z, a}}) {
                each[0].gatherer.listener(new IceGatherer.Listener() {
                    @Override
                    public void onCandidate(Candidate candidate) {
                        each[1].loop.execute(() -> each[1].transport.addRemoteCandidate(candidate));
                    }

                    @Override
                    public void onCandidateRemoved(Candidate candidate) {
                        removed.add(candidate);
                    }
                });
            }
            Peer.connect(a, z);
            exchange(a, z);
            ip("addr", "add", "10.77.0.2/24", "dev", "lo");
            Await.until("the new address", () -> hasAddress(a, "10.77.0.2") && hasAddress(z, "10.77.0.2"));
            ip("addr", "add", "10.78.0.1/24", "dev", "lo");
            ip("addr", "del", "10.77.0.1/24", "dev", "lo");
            Await.until(() -> "the end of the old: " + removed, () -> removed.size() >= 2);
            Await.until(() -> "without the old: " + removed, () -> !hasAddress(a, "10.77.0.1"));
            Await.until(
                    () -> "another pair: " + a.transport.selectedPair() + z.transport.selectedPair(),
                    () -> isBeyond(a) && isBeyond(z));
            exchange(a, z);
            a.stop();
            z.stop();
        }
    },
    /** A router lets packets in, and keeps them out again at the end. */
    A_ROUTER_MAPS_PORTS {
        @Override
        String setUp() {
            return "ip link add v0 type veth peer name v1 && ip addr add 10.77.0.1/24 dev v0 && ip link set v1 up"
                    + " && ip link set v0 up && ip link set lo up && ip route add 224.0.0.0/4 dev v0";
        }

        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            InetAddress inside = InetAddress.getByName("10.77.0.1");
            try (FakeGateway gateway = new FakeGateway(NetworkInterface.getByInetAddress(inside), inside)) {
                IceGatherOptions options = IceGatherOptions.builder()
                        .portMapping(PortMapping.UPNP)
                        .serverTimeout(Duration.ofSeconds(20))
                        .build();
                Peer a = gather(ofA, options);
                Candidate host = a.gatherer.localCandidates().get(0);
                Candidate mapped = a.gatherer.localCandidates().get(1);
                assertEquals(CandidateType.SERVER_REFLEXIVE, mapped.type());
                assertEquals(FakeGateway.EXTERNAL_ADDRESS, mapped.address());
                assertEquals(host.port(), mapped.port());
                assertEquals(Set.of(host.port()), gateway.mapped);
                assertEquals(Set.of(), gateway.unmapped);
                a.stop();
                Await.until("unmapped", () -> gateway.unmapped.equals(gateway.mapped));
            }
        }
    },
    /** Without a router the others are not held up, and it is told. */
    NO_ROUTER_ANSWERS {
        @Override
        void run(Network ofA, Network ofZ) throws Exception {
            IceGatherOptions options =
                    IceGatherOptions.builder().portMapping(PortMapping.UPNP).build();
            Peer a = new Peer(ofA.nextLoop(), options);
            List<IceCandidateError> errors = new CopyOnWriteArrayList<>();
            a.gatherer.listener(new IceGatherer.Listener() {
                @Override
                public void onError(IceCandidateError error) {
                    errors.add(error);
                }
            });
            a.gather();
            assertEquals(1, a.gatherer.localCandidates().size());
            Await.until("complete", () -> a.gatherer.state() == IceGathererState.COMPLETE);
            assertEquals(701, errors.get(0).errorCode());
            assertEquals("upnp", errors.get(0).url());
            a.stop();
        }
    };

    /** The commands that make the interfaces. */
    String setUp() {
        return "ip link set lo up multicast on && ip addr add 10.77.0.1/24 dev lo && ip route add 224.0.0.0/4 dev lo";
    }

    abstract void run(Network ofA, Network ofZ) throws Exception;

    static Peer gather(Network network, IceGatherOptions options) throws Exception {
        Peer peer = new Peer(network.nextLoop(), options);
        peer.gather();
        Await.until("complete", () -> peer.gatherer.state() == IceGathererState.COMPLETE);
        peer.refreshCandidates();
        return peer;
    }

    static void exchange(Peer a, Peer z) throws Exception {
        for (Peer[] each : new Peer[][] {{a, z}, {z, a}}) {
            byte[] datagram = {23, 1, 2, 3};
            LoopCalls.run(each[0].loop, () -> {
                each[0].transport.write(datagram, 0, datagram.length);
                each[0].transport.flush();
            });
            assertArrayEquals(datagram, each[1].datagrams.poll(10, TimeUnit.SECONDS));
        }
    }

    static boolean hasAddress(Peer peer, String address) {
        return peer.gatherer.localCandidates().stream()
                .anyMatch(each -> each.address().equals(address));
    }

    private static boolean isBeyond(Peer peer) {
        CandidatePair pair = peer.transport.selectedPair();
        return pair != null
                && !pair.local().address().equals("10.77.0.1")
                && !pair.remote().address().equals("10.77.0.1");
    }

    static void ip(String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("ip"));
        command.addAll(List.of(arguments));
        Process process = new ProcessBuilder(command).inheritIO().start();
        assertTrue(process.waitFor(10, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue());
    }

    public static void main(String[] arguments) throws Exception {
        try (Network ofA = Network.open(NetworkOptions.defaults().withThreads(1));
                Network ofZ = Network.open(NetworkOptions.defaults().withThreads(1))) {
            valueOf(arguments[0]).run(ofA, ofZ);
            System.out.println("succeeded");
        }
    }
}
