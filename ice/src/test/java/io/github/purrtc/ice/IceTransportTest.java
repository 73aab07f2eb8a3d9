package io.github.purrtc.ice;

import io.github.purrtc.ice.NetworkOptions.Transport;
import io.github.purrtc.testing.Await;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.File;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

class IceTransportTest {
    private static final byte DTLS_APPLICATION_DATA = 23;

    static Stream<Transport> transports() {
        return Epoll.isAvailable() ? Stream.of(Transport.NIO, Transport.EPOLL) : Stream.of(Transport.NIO);
    }

    static Stream<Arguments> transportsAndRoles() {
        return transports()
                .flatMap(transport -> Arrays.stream(IceRole.values()).map(role -> Arguments.of(transport, role)));
    }

    private static Network open(Transport transport) {
        return Network.open(NetworkOptions.defaults().withThreads(2).withTransport(transport));
    }

    /** A and Z on two loops, with a pair selected. */
    private static Peer[] connected(Network network, IceRole roleOfA) throws Exception {
        Peer a = new Peer(network.nextLoop(), Peer.loopback());
        Peer z = new Peer(network.nextLoop(), Peer.loopback());
        a.gather();
        z.gather();
        z.start(roleOfA.opposite(), a);
        a.start(roleOfA, z);
        z.learnCandidatesOf(a);
        a.learnCandidatesOf(z);
        Peer.awaitConnected(a, z);
        return new Peer[] {a, z};
    }

    private static byte[] datagram(int number, int length) {
        byte[] datagram = new byte[length];
        datagram[0] = DTLS_APPLICATION_DATA;
        datagram[1] = (byte) (number >> 16);
        datagram[2] = (byte) (number >> 8);
        datagram[3] = (byte) number;
        Arrays.fill(datagram, 4, length, (byte) (number * 31));
        return datagram;
    }

    @ParameterizedTest
    @MethodSource("transportsAndRoles")
    void twoPeersConnectAndExchangeBursts(Transport transport, IceRole roleOfA) throws Exception {
        try (Network network = open(transport)) {
            Peer[] peers = connected(network, roleOfA);
            exchange(peers[0], peers[1]);
            exchange(peers[1], peers[0]);
            for (Peer peer : peers) {
                assertTrue(peer.states.contains(IceTransportState.CHECKING), peer.states::toString);
                assertEquals(CandidateType.HOST, peer.selected.get().local().type());
                peer.stop();
                assertEquals(IceTransportState.CLOSED, peer.transport.state());
                assertEquals(IceGathererState.CLOSED, peer.gatherer.state());
            }
        }
    }

    @ParameterizedTest
    @MethodSource("transportsAndRoles")
    void whatWasWrittenBeforeTheEndGoesOut(Transport transport, IceRole roleOfA) throws Exception {
        try (Network network = open(transport)) {
            Peer[] peers = connected(network, roleOfA);
            byte[] last = datagram(1, 100);
            LoopCalls.run(peers[0].loop, () -> {
                peers[0].transport.write(last, 0, last.length);
                peers[0].transport.stop();
            });
            assertArrayEquals(last, peers[1].datagrams.poll(20, TimeUnit.SECONDS));
            peers[1].stop();
        }
    }

    /** 10,000 datagrams in bursts of 50 with mixed lengths, each checked. */
    private static void exchange(Peer from, Peer to) throws Exception {
        int number = 0;
        for (int burst = 0; burst < 200; burst++) {
            int first = number;
            LoopCalls.run(from.loop, () -> {
                for (int i = first; i < first + 50; i++) {
                    byte[] datagram = datagram(i, i % 50 < 40 ? 1_200 : 4 + i % 900);
                    from.transport.write(datagram, 0, datagram.length);
                }
                from.transport.flush();
            });
            for (int i = 0; i < 50; i++, number++) {
                byte[] received = to.datagrams.poll(10, TimeUnit.SECONDS);
                assertNotNull(received, "lost number " + number);
                assertArrayEquals(datagram(number, number % 50 < 40 ? 1_200 : 4 + number % 900), received);
            }
        }
        assertTrue(to.bursts.get() > 0 && to.bursts.get() <= 10_000);
    }

    @Test
    void whenARestartLeadsToAnotherPeerTheOneBeforeIsNotHeard() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer[] peers = connected(network, IceRole.CONTROLLING);
            Peer a = peers[0];
            Peer other = new Peer(network.nextLoop(), Peer.loopback());
            other.gather();
            a.restart();
            other.start(IceRole.CONTROLLED, a);
            LoopCalls.run(
                    a.loop,
                    () -> a.transport.startWithOtherPeer(IceRole.CONTROLLING, other.gatherer.localParameters()));
            assertNull(a.transport.selectedPair());
            long before = LoopCalls.call(a.loop, a.transport::datagramsDropped);
            send(a, 1);
            send(peers[1], 2);
            Await.until("dropped", () -> {
                try {
                    return LoopCalls.call(a.loop, a.transport::datagramsDropped) == before + 2;
                } catch (Exception e) {
                    throw new AssertionError(e);
                }
            });
            other.learnCandidatesOf(a);
            a.learnCandidatesOf(other);
            Peer.awaitConnected(a, other);
            send(other, 3);
            assertArrayEquals(datagram(3, 100), a.datagrams.poll(10, TimeUnit.SECONDS));
        }
    }

    private static void send(Peer from, int number) throws Exception {
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram(number, 100), 0, 100);
            from.transport.flush();
        });
    }

    @Test
    void candidatesThatComeBeforeTheStartAreKept() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(network.nextLoop(), Peer.loopback());
            a.gather();
            z.gather();
            a.learnCandidatesOf(z);
            z.learnCandidatesOf(a);
            a.start(IceRole.CONTROLLING, z);
            z.start(IceRole.CONTROLLED, a);
            Peer.awaitConnected(a, z);
            a.stop();
            z.stop();
        }
    }

    @Test
    void gatheringAfterTheStartWorks() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(network.nextLoop(), Peer.loopback());
            a.start(IceRole.CONTROLLING, z);
            z.start(IceRole.CONTROLLED, a);
            a.gather();
            z.gather();
            a.learnCandidatesOf(z);
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            a.stop();
            z.stop();
        }
    }

    @Test
    void checksThatComeBeforeTheStartAreNotLost() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            Peer z = new Peer(network.nextLoop(), Peer.loopback());
            a.gather();
            z.gather();
            // A -> Binding request -> Z, which has no remote description yet
            a.start(IceRole.CONTROLLING, z);
            a.learnCandidatesOf(z);
            z.start(IceRole.CONTROLLED, a);
            // Z never learns a candidate of A: they are peer-reflexive
            Peer.awaitConnected(a, z);
            assertEquals(CandidateType.PEER_REFLEXIVE, z.selected.get().remote().type());
            a.stop();
            z.stop();
        }
    }

    @Test
    void strangersAndOddKindsAreDroppedAndCounted() throws Exception {
        try (Network network = open(Transport.AUTO);
                DatagramSocket stranger = new DatagramSocket(0, java.net.InetAddress.getByName("127.0.0.1"))) {
            Peer[] peers = connected(network, IceRole.CONTROLLING);
            Peer z = peers[1];
            InetSocketAddress target = z.gatherer.localCandidates().stream()
                    .map(Candidate::socketAddress)
                    .filter(address -> address.getAddress().getHostAddress().equals("127.0.0.1"))
                    .findFirst()
                    .orElseThrow();
            long before = LoopCalls.call(z.loop, z.transport::datagramsDropped);
            for (byte first : new byte[] {DTLS_APPLICATION_DATA, 4, 19, 64, 127, -128, -1}) {
                stranger.send(new DatagramPacket(new byte[] {first, 1, 2, 3}, 4, target));
            }
            Await.until("all dropped", () -> {
                try {
                    return LoopCalls.call(z.loop, z.transport::datagramsDropped) == before + 7;
                } catch (Exception e) {
                    throw new IllegalStateException(e);
                }
            });
            assertTrue(z.datagrams.isEmpty());
            // the path still works
            exchangeOne(peers[0], z);
            peers[0].stop();
            z.stop();
        }
    }

    private static void exchangeOne(Peer from, Peer to) throws Exception {
        byte[] datagram = datagram(7, 100);
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram, 0, datagram.length);
            from.transport.flush();
        });
        assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS));
    }

    @ParameterizedTest
    @MethodSource("transports")
    void writabilityIsTheSelectedSockets(Transport transport) throws Exception {
        try (Network network = open(transport)) {
            Peer[] peers = connected(network, IceRole.CONTROLLED);
            Peer a = peers[0];
            LoopCalls.run(a.loop, () -> {
                assertTrue(a.transport.isWritable());
                byte[] datagram = datagram(1, 1_200);
                int written = 0;
                while (a.transport.isWritable()) {
                    a.transport.write(datagram, 0, datagram.length);
                    assertTrue(++written < 1_000, "always writable");
                }
                a.transport.flush();
            });
            Await.until("writable again", () -> a.writables.get() > 0);
            a.stop();
            peers[1].stop();
        }
    }

    @Test
    void writesWithoutAPairAreDroppedAndCounted() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            a.gather();
            LoopCalls.run(a.loop, () -> {
                a.transport.write(new byte[10], 0, 10);
                a.transport.flush();
                assertEquals(1, a.transport.datagramsDropped());
                a.transport.stop();
                a.transport.write(new byte[10], 0, 10);
                assertEquals(2, a.transport.datagramsDropped());
            });
        }
    }

    @Test
    void misuseIsToldAtOnce() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer a = new Peer(network.nextLoop(), Peer.loopback());
            IceParameters remote = a.gatherer.localParameters();
            assertThrows(IllegalStateException.class, () -> a.transport.start(IceRole.CONTROLLED, remote));
            LoopCalls.run(a.loop, () -> {
                assertThrows(
                        IllegalStateException.class,
                        () -> new IceTransport(a.loop, a.gatherer, IceOptions.defaults(), a));
                a.transport.start(IceRole.CONTROLLED, remote);
                assertThrows(IllegalStateException.class, () -> a.transport.start(IceRole.CONTROLLED, remote));
                a.transport.stop();
                a.transport.stop();
                assertThrows(IllegalStateException.class, () -> a.transport.start(IceRole.CONTROLLED, remote));
            });
        }
    }

    @Test
    void stoppedFromItsOwnListenerItIsStopped() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            Peer[] peers = connected(network, IceRole.CONTROLLING);
            Peer a = peers[0];
            NetworkLoop loop = network.nextLoop();
            IceGatherer gatherer = new IceGatherer(loop, Peer.loopback());
            AtomicInteger calls = new AtomicInteger();
            IceTransport[] transport = new IceTransport[1];
            LoopCalls.run(loop, () -> {
                transport[0] = new IceTransport(loop, gatherer, IceOptions.defaults(), new Forwarder() {
                    @Override
                    public void onStateChange(IceTransportState state) {
                        calls.incrementAndGet();
                        transport[0].stop();
                    }
                });
                gatherer.gather();
                transport[0].start(IceRole.CONTROLLED, a.gatherer.localParameters());
                a.gatherer.localCandidates().forEach(transport[0]::addRemoteCandidate);
            });
            assertEquals(IceTransportState.CLOSED, transport[0].state());
            assertEquals(2, calls.get());
            a.stop();
            peers[1].stop();
        }
    }

    /** Does nothing. */
    private static class Forwarder implements IceTransport.Listener {
        @Override
        public void onStateChange(IceTransportState state) {}

        @Override
        public void onSelectedPair(CandidatePair pair) {}

        @Override
        public void onDatagram(java.nio.ByteBuffer datagram) {}

        @Override
        public void onEndOfBurst() {}

        @Override
        public void onWritable() {}
    }

    @ParameterizedTest
    @MethodSource("transports")
    void twoHundredConnectionsLeaveNothingBehind(Transport transport) throws Exception {
        File descriptors = new File("/proc/self/fd");
        Assumptions.assumeTrue(descriptors.isDirectory(), "needs /proc");
        try (Network network = open(transport)) {
            connectAndStop(network, 5);
            int before = count(descriptors);
            Set<String> threadsBefore = threads();
            connectAndStop(network, 200);
            Await.until(() -> count(descriptors) + " of " + before, () -> count(descriptors) <= before);
            Set<String> threadsAfter = threads();
            threadsAfter.removeAll(threadsBefore);
            assertTrue(threadsAfter.stream().noneMatch(name -> name.startsWith("purrtc")), threadsAfter::toString);
        }
    }

    private static void connectAndStop(Network network, int times) throws Exception {
        for (int i = 0; i < times; i++) {
            for (Peer peer : connected(network, IceRole.CONTROLLING)) {
                peer.stop();
                assertFalse(peer.states.contains(IceTransportState.FAILED));
            }
        }
    }

    private static int count(File directory) {
        String[] names = directory.list();
        return names == null ? 0 : names.length;
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream().map(Thread::getName).collect(Collectors.toSet());
    }

    @Test
    void theListenersOfManyPeersAreServedInTurn() throws Exception {
        try (Network network = open(Transport.AUTO)) {
            List<Peer[]> pairs = new java.util.ArrayList<>();
            for (int i = 0; i < 20; i++) {
                pairs.add(connected(network, i % 2 == 0 ? IceRole.CONTROLLING : IceRole.CONTROLLED));
            }
            for (Peer[] pair : pairs) {
                exchangeOne(pair[0], pair[1]);
                exchangeOne(pair[1], pair[0]);
            }
            for (Peer[] pair : pairs) {
                pair[0].stop();
                pair[1].stop();
            }
        }
    }
}
