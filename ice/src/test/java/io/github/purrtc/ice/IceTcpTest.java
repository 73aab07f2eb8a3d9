package io.github.purrtc.ice;

import io.github.purrtc.ice.NetworkOptions.Transport;
import io.github.purrtc.testing.Await;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** ICE over TCP alone: A is passive, Z is active, and neither hears of the other's UDP candidates. */
class IceTcpTest {
    static Stream<Transport> transports() {
        return Epoll.isAvailable() ? Stream.of(Transport.NIO, Transport.EPOLL) : Stream.of(Transport.NIO);
    }

    static Stream<Arguments> transportsAndRoles() {
        return transports()
                .flatMap(transport -> Arrays.stream(IceRole.values()).map(role -> Arguments.of(transport, role)));
    }

    private static Network open(Transport transport, CommonPorts ports) {
        return Network.open(NetworkOptions.defaults()
                .withThreads(3)
                .withTransport(transport)
                .withPorts(ports));
    }

    private static IceGatherOptions tcp(TcpType... types) {
        return IceGatherOptions.builder()
                .addressFilter(InetAddress.getLoopbackAddress()::equals)
                .tcpTypes(Set.of(types))
                .build();
    }

    private record Pair(Peer a, Peer z) {
        static Pair connecting(Network networkOfA, Network networkOfZ, IceRole roleOfA) throws Exception {
            Peer a = new Peer(networkOfA.nextLoop(), tcp(TcpType.PASSIVE));
            Peer z = new Peer(networkOfZ.nextLoop(), tcp(TcpType.ACTIVE));
            a.gather();
            z.gather();
            a.start(roleOfA, z);
            z.start(roleOfA.opposite(), a);
            learnTcp(a, z);
            learnTcp(z, a);
            return new Pair(a, z);
        }

        private static void learnTcp(Peer who, Peer of) throws Exception {
            List<Candidate> candidates = of.gatherer.localCandidates().stream()
                    .filter(candidate -> candidate.protocol() == IceProtocol.TCP)
                    .toList();
            assertEquals(1, candidates.size());
            LoopCalls.run(who.loop, () -> {
                candidates.forEach(who.transport::addRemoteCandidate);
                who.transport.endOfRemoteCandidates();
            });
        }

        void exchange(int number) throws Exception {
            send(a, z, number);
            send(z, a, number);
        }

        void stop() throws Exception {
            a.stop();
            z.stop();
        }
    }

    private static void send(Peer from, Peer to, int number) throws Exception {
        LoopCalls.run(from.loop, () -> {
            for (int i = 0; i < 20; i++) {
                byte[] datagram = datagram(number, i);
                from.transport.write(datagram, 0, datagram.length);
            }
            from.transport.flush();
        });
        for (int i = 0; i < 20; i++) {
            byte[] received = to.datagrams.poll(20, TimeUnit.SECONDS);
            assertNotNull(received, "lost number " + i);
            assertArrayEquals(datagram(number, i), received);
        }
    }

    private static byte[] datagram(int number, int i) {
        byte[] datagram = new byte[4 + i * 67];
        Arrays.fill(datagram, (byte) (number + i));
        datagram[0] = 23;
        return datagram;
    }

    @ParameterizedTest
    @MethodSource("transportsAndRoles")
    void twoPeersConnectOverTcpAlone(Transport transport, IceRole roleOfA) throws Exception {
        try (Network network = open(transport, CommonPorts.NONE)) {
            Pair pair = Pair.connecting(network, network, roleOfA);
            Peer.awaitConnected(pair.a, pair.z);
            pair.exchange(1);
            CandidatePair selected = pair.z.transport.selectedPair();
            assertNotNull(selected);
            assertEquals(IceProtocol.TCP, selected.local().protocol());
            assertEquals(TcpType.PASSIVE, selected.remote().tcpType());
            assertEquals(
                    pair.a.gatherer.localCandidates().stream()
                            .filter(candidate -> candidate.tcpType() == TcpType.PASSIVE)
                            .findFirst()
                            .orElseThrow()
                            .port(),
                    selected.remote().port());
            Await.until("an end of a burst", () -> pair.a.bursts.get() > 0);
            pair.stop();
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void manyConnectionsShareOneTcpPortAndSeveralLoops(Transport transport) throws Exception {
        int number = FreePort.find();
        try (Network port = open(transport, CommonPorts.NONE.withTcpPort(number));
                Network own = open(transport, CommonPorts.NONE)) {
            List<Pair> pairs = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                pairs.add(Pair.connecting(port, own, i % 2 == 0 ? IceRole.CONTROLLED : IceRole.CONTROLLING));
            }
            for (int i = 0; i < pairs.size(); i++) {
                Pair pair = pairs.get(i);
                Peer.awaitConnected(pair.a, pair.z);
                CandidatePair selected = pair.z.transport.selectedPair();
                assertNotNull(selected);
                assertEquals(number, selected.remote().port());
            }
            for (int i = 0; i < pairs.size(); i++) {
                pairs.get(i).exchange(i);
            }
            for (Pair pair : pairs) {
                pair.stop();
            }
            assertEquals(0, port.portEntries());
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void oneNumberServesUdpAndTcp(Transport transport) throws Exception {
        int number = FreePort.find();
        try (Network port = open(transport, CommonPorts.udp(number).withTcpPort(number));
                Network own = open(transport, CommonPorts.NONE)) {
            Peer a = new Peer(port.nextLoop(), tcp(TcpType.PASSIVE));
            Peer z = new Peer(own.nextLoop(), tcp(TcpType.ACTIVE));
            a.gather();
            z.gather();
            assertTrue(a.gatherer.localCandidates().stream().allMatch(candidate -> candidate.port() == number));
            a.start(IceRole.CONTROLLED, z);
            z.start(IceRole.CONTROLLING, a);
            a.learnCandidatesOf(z);
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            // UDP is preferred where it gets through
            assertEquals(IceProtocol.UDP, z.transport.selectedPair().local().protocol());
            send(a, z, 3);
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aSlowReaderHoldsTheSenderBackAndLosesNothingElse(Transport transport) throws Exception {
        try (Network network = open(transport, CommonPorts.NONE)) {
            Pair pair = Pair.connecting(network, network, IceRole.CONTROLLED);
            Peer.awaitConnected(pair.a, pair.z);
            // A's loop is busy: nothing is read there
            LoopCalls.run(pair.a.loop, () -> {
                try {
                    LoopCalls.run(pair.z.loop, () -> {
                        int written = 0;
                        while (pair.z.transport.isWritable()) {
                            byte[] datagram = datagram(1, 17);
                            pair.z.transport.write(datagram, 0, datagram.length);
                            pair.z.transport.flush();
                            assertTrue(++written < 100_000, "always writable");
                        }
                        // beyond it, what is written is dropped in the end, and takes no memory
                        for (int i = 0; i < 10_000; i++) {
                            byte[] datagram = datagram(1, 17);
                            pair.z.transport.write(datagram, 0, datagram.length);
                        }
                        pair.z.transport.flush();
                    });
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            Await.until("writable", () -> pair.z.writables.get() > 0);
            Await.until("datagrams", () -> pair.a.datagrams.size() > 100);
            byte[] received = pair.a.datagrams.poll(20, TimeUnit.SECONDS);
            assertArrayEquals(datagram(1, 17), received);
            pair.stop();
        }
    }

    /** The peer is gone, and its port refuses: no need to wait for consent to run out. */
    @ParameterizedTest
    @MethodSource("transportsAndRoles")
    void aClosedConnectionIsToldToTheAgent(Transport transport, IceRole roleOfA) throws Exception {
        try (Network network = open(transport, CommonPorts.NONE)) {
            Pair pair = Pair.connecting(network, network, roleOfA);
            Peer.awaitConnected(pair.a, pair.z);
            pair.a.stop();
            pair.z.awaitState(IceTransportState.FAILED);
            assertTrue(pair.z.states.contains(IceTransportState.DISCONNECTED), pair.z.states::toString);
            pair.stop();
        }
    }

    /** Z does not come back; A, which cannot connect, waits. */
    @ParameterizedTest
    @MethodSource("transports")
    void whoIsConnectedToLeavesAClosedConnection(Transport transport) throws Exception {
        try (Network network = open(transport, CommonPorts.NONE)) {
            Pair pair = Pair.connecting(network, network, IceRole.CONTROLLED);
            Peer.awaitConnected(pair.a, pair.z);
            pair.z.stop();
            pair.a.awaitState(IceTransportState.DISCONNECTED);
            assertNull(pair.a.transport.selectedPair());
            pair.stop();
        }
    }

    @Test
    void aRefusedConnectionFailsItsPairAtOnce() throws Exception {
        try (Network network = open(Transport.AUTO, CommonPorts.NONE)) {
            Peer a = new Peer(network.nextLoop(), tcp(TcpType.PASSIVE));
            Peer z = new Peer(network.nextLoop(), tcp(TcpType.ACTIVE));
            a.gather();
            z.gather();
            z.start(IceRole.CONTROLLING, a);
            int nobody = FreePort.find();
            LoopCalls.run(
                    z.loop,
                    () -> z.transport.addRemoteCandidate(
                            Candidate.parse("1 1 tcp 1500000000 127.0.0.1 " + nobody + " typ host tcptype passive")));
            Await.until(() -> "failed: " + state(z), () -> state(z) == CandidatePairState.FAILED);
            a.stop();
            z.stop();
        }
    }

    private static CandidatePairState state(Peer peer) {
        try {
            return LoopCalls.call(peer.loop, peer.transport::stats)
                    .pairs()
                    .get(0)
                    .state();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void simultaneousOpenIsRefused() {
        IceGatherOptions.Builder builder = IceGatherOptions.builder();
        assertThrows(IllegalArgumentException.class, () -> builder.tcpTypes(Set.of(TcpType.SIMULTANEOUS_OPEN)));
    }

    @Test
    void candidatesHaveTheirTypesPortsAndPriorities() throws Exception {
        try (Network network = open(Transport.AUTO, CommonPorts.NONE)) {
            Peer a = new Peer(network.nextLoop(), tcp(TcpType.ACTIVE, TcpType.PASSIVE));
            a.gather();
            Candidate udp = find(a, null);
            Candidate active = find(a, TcpType.ACTIVE);
            Candidate passive = find(a, TcpType.PASSIVE);
            assertEquals(9, active.port());
            assertTrue(passive.port() > 0);
            assertTrue(udp.priority() > active.priority());
            assertTrue(active.priority() > passive.priority());
            // RFC 6544 §4.2: 2^24 times the type's, 2^8 times (2^13 times the direction's and another), the component
            assertEquals(90, active.priority() >> 24);
            assertEquals(6, active.priority() >> 21 & 7);
            assertEquals(4, passive.priority() >> 21 & 7);
            assertEquals(255, active.priority() & 0xFF);
            assertTrue(active.toString().endsWith(" 9 typ host tcptype active"), active::toString);
            assertEquals(passive, Candidate.parse(passive.toString()));
        }
    }

    private static Candidate find(Peer peer, TcpType type) {
        return peer.gatherer.localCandidates().stream()
                .filter(candidate -> candidate.tcpType() == type)
                .findFirst()
                .orElseThrow();
    }
}
