package io.github.purrtc.ice;

import io.github.purrtc.ice.NetworkOptions.Transport;
import io.github.purrtc.testing.Await;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Many connections on one UDP port, on several loops: A is on the port, each Z has a port of its own. */
class SharedPortTest {
    private static final int PAIRS = 24;

    static Stream<Transport> transports() {
        return Epoll.isAvailable() ? Stream.of(Transport.NIO, Transport.EPOLL) : Stream.of(Transport.NIO);
    }

    private static NetworkOptions options(Transport transport) {
        return NetworkOptions.defaults().withTransport(transport).withThreads(3);
    }

    private record Pair(Peer a, Peer z) {}

    private static List<Pair> connect(Network port, Network own, int count) throws Exception {
        List<Pair> pairs = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Peer a = new Peer(port.nextLoop(), Peer.loopback());
            Peer z = new Peer(own.nextLoop(), Peer.loopback());
            a.gather();
            z.gather();
            pairs.add(new Pair(a, z));
        }
        for (Pair pair : pairs) {
            pair.a.start(IceRole.CONTROLLED, pair.z);
            pair.z.start(IceRole.CONTROLLING, pair.a);
            pair.z.learnCandidatesOf(pair.a);
            pair.a.learnCandidatesOf(pair.z);
        }
        for (Pair pair : pairs) {
            Peer.awaitConnected(pair.a, pair.z);
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("transports")
    void eachConnectionGetsWhatIsMeantForIt(Transport transport) throws Exception {
        int number = FreePort.find();
        try (Network port = Network.open(options(transport).withPorts(CommonPorts.udp(number)));
                Network own = Network.open(options(transport))) {
            List<Pair> pairs = connect(port, own, PAIRS);
            Set<Integer> ports = ConcurrentHashMap.newKeySet();
            for (int i = 0; i < PAIRS; i++) {
                Pair pair = pairs.get(i);
                ports.add(pair.a.gatherer.localCandidates().get(0).port());
                sendBurst(pair.z, "to A " + i);
                sendBurst(pair.a, "to Z " + i);
            }
            assertEquals(Set.of(number), ports);
            for (int i = 0; i < PAIRS; i++) {
                expectBurst(pairs.get(i).a, "to A " + i);
                expectBurst(pairs.get(i).z, "to Z " + i);
            }
            for (Pair pair : pairs) {
                pair.a.stop();
                pair.z.stop();
            }
            assertEquals(0, port.portEntries());
        }
    }

    /** Several datagrams of one size, and a shorter one: what the kernel may carry as one packet. */
    private static void sendBurst(Peer from, String text) throws Exception {
        LoopCalls.run(from.loop, () -> {
            for (int i = 0; i < 10; i++) {
                byte[] datagram = dtls(text + " #" + i);
                from.transport.write(datagram, 0, datagram.length);
            }
            byte[] last = dtls("end");
            from.transport.write(last, 0, last.length);
            from.transport.flush();
        });
    }

    private static void expectBurst(Peer at, String text) throws Exception {
        for (int i = 0; i < 10; i++) {
            assertEquals(text + " #" + i, next(at));
        }
        assertEquals("end", next(at));
        Await.until("an end of a burst", () -> at.bursts.get() > 0);
    }

    private static String next(Peer at) throws InterruptedException {
        byte[] datagram = at.datagrams.poll(20, TimeUnit.SECONDS);
        assertNotNull(datagram, "nothing came");
        return new String(datagram, 1, datagram.length - 1, StandardCharsets.US_ASCII);
    }

    /** With a first byte that is one of DTLS's. */
    private static byte[] dtls(String text) {
        return ((char) 23 + text).getBytes(StandardCharsets.US_ASCII);
    }

    @ParameterizedTest
    @MethodSource("transports")
    void bothSidesMayHaveOnePort(Transport transport) throws Exception {
        try (Network port = Network.open(options(transport).withPorts(CommonPorts.udp(FreePort.find())));
                Network other = Network.open(options(transport).withPorts(CommonPorts.udp(FreePort.find())))) {
            Pair pair = connect(port, other, 1).get(0);
            sendBurst(pair.a, "one");
            expectBurst(pair.z, "one");
        }
    }

    /** Connections on all loops ask one server from one port at once; each gets the answer that is its own. */
    @ParameterizedTest
    @MethodSource("transports")
    void eachConnectionHasItsReflexiveCandidate(Transport transport) throws Exception {
        InetSocketAddress mapped = new InetSocketAddress("192.0.2.7", 5_555);
        try (TinyStunServer server = TinyStunServer.seeing(mapped);
                Network port = Network.open(options(transport).withPorts(CommonPorts.udp(FreePort.find())));
                Network own = Network.open(options(transport))) {
            IceGatherOptions asking = IceGatherOptions.builder()
                    .addressFilter(InetAddress.getLoopbackAddress()::equals)
                    .iceServers(List.of(IceServer.of(server.url("stun"))))
                    .build();
            List<Peer> peers = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                Peer a = new Peer(port.nextLoop(), asking);
                a.gather();
                peers.add(a);
            }
            for (Peer a : peers) {
                Await.until("complete", () -> a.gatherer.state() == IceGathererState.COMPLETE);
                assertEquals(mapped, a.gatherer.localCandidates().get(1).socketAddress());
            }
            Peer a = peers.get(0);
            Peer z = new Peer(own.nextLoop(), Peer.loopback());
            z.gather();
            a.start(IceRole.CONTROLLED, z);
            z.start(IceRole.CONTROLLING, a);
            a.learnCandidatesOf(z);
            a.refreshCandidates();
            z.learnCandidatesOf(a);
            Peer.awaitConnected(a, z);
            sendBurst(z, "to A");
            expectBurst(a, "to A");
            for (Peer peer : peers) {
                peer.stop();
            }
            assertEquals(0, port.portEntries());
        }
    }

    @Test
    void restartsThatOthersReplaceLeaveNoNameAtThePort() throws Exception {
        try (Network port = Network.open(options(Transport.AUTO).withPorts(CommonPorts.udp(FreePort.find())));
                Network own = Network.open(options(Transport.AUTO))) {
            Pair pair = connect(port, own, 1).get(0);
            int before = port.portEntries();
            for (int i = 0; i < 50; i++) {
                pair.a.restart();
            }
            // A name for each address of the host, and whom a late check is from.
            int few = 16;
            assertTrue(port.portEntries() <= before + few, () -> before + " and now " + port.portEntries());
            LoopCalls.run(pair.a.loop, pair.a.transport::cancelRestart);
            assertTrue(port.portEntries() <= before + few);
            sendBurst(pair.z, "to A");
            expectBurst(pair.a, "to A");
        }
    }

    @ParameterizedTest
    @MethodSource("transports")
    void aPortThatAnotherHasIsAnErrorOfThatCandidate(Transport transport) throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(loopback, 0));
                Network port = Network.open(options(transport).withPorts(CommonPorts.udp(taken.getLocalPort())))) {
            BlockingQueue<IceCandidateError> errors = new LinkedBlockingQueue<>();
            NetworkLoop loop = port.nextLoop();
            IceGatherer gatherer = new IceGatherer(
                    loop,
                    IceGatherOptions.builder().addressFilter(loopback::equals).build());
            gatherer.listener(new IceGatherer.Listener() {
                @Override
                public void onError(IceCandidateError error) {
                    errors.add(error);
                }
            });
            LoopCalls.run(loop, gatherer::gather);
            assertTrue(errors.remove().toString().contains(String.valueOf(taken.getLocalPort())));
            assertEquals(List.of(), gatherer.localCandidates());
        }
    }
}
