package io.github.purrtc.ice;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** A flood of what nobody asked for, at the place where a transport's sockets hand it in. */
class UnknownKindsTest {
    private static final int DATAGRAMS = 1_000_000;
    private static final byte DTLS_APPLICATION_DATA = 23;

    /** One byte kept of each datagram would be as much as this; the garbage collector leaves less. */
    private static final long MOST_KEPT_BYTES = 16L << 20;

    private final List<DatagramChannel> strangers = new ArrayList<>();
    private Network network;
    private Peer a;
    private Peer z;

    @BeforeEach
    void connect() throws Exception {
        network = Network.open(NetworkOptions.defaults().withThreads(2));
        a = new Peer(network.nextLoop(), oneSocket());
        z = new Peer(network.nextLoop(), oneSocket());
        a.gather();
        z.gather();
        z.start(IceRole.CONTROLLED, a);
        a.start(IceRole.CONTROLLING, z);
        z.learnCandidatesOf(a);
        a.learnCandidatesOf(z);
        Peer.awaitConnected(a, z);
        for (int i = 0; i < 8; i++) {
            DatagramChannel stranger = DatagramChannel.open();
            stranger.bind(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0));
            stranger.configureBlocking(false);
            strangers.add(stranger);
        }
    }

    @AfterEach
    void close() throws Exception {
        for (DatagramChannel stranger : strangers) {
            stranger.close();
        }
        a.stop();
        z.stop();
        network.close();
    }

    private static IceGatherOptions oneSocket() {
        return IceGatherOptions.builder()
                .addressFilter(address -> address.getHostAddress().equals("127.0.0.1"))
                .build();
    }

    /** First bytes of no protocol that is known here, and of those that are, with nothing behind. */
    private static byte[][] kinds() {
        Random random = new Random(7);
        byte[][] kinds = new byte[256][];
        for (int first = 0; first < kinds.length; first++) {
            byte[] datagram = new byte[first % 5 == 0 ? 1 : 1 + random.nextInt(1_472)];
            random.nextBytes(datagram);
            datagram[0] = (byte) first;
            kinds[first] = datagram;
        }
        return kinds;
    }

    private List<InetSocketAddress> sources() throws IOException {
        List<InetSocketAddress> sources = new ArrayList<>();
        for (DatagramChannel stranger : strangers) {
            sources.add((InetSocketAddress) stranger.getLocalAddress());
        }
        return sources;
    }

    private static boolean isDtls(int first) {
        return 20 <= first && first <= 63;
    }

    private static boolean isStun(int first) {
        return first <= 3;
    }

    @Test
    void aMillionDatagramsAreCountedAndLeaveNothing() throws Exception {
        byte[][] kinds = kinds();
        List<InetSocketAddress> sources = sources();
        InetSocketAddress peer = a.transport.selectedPair().remote().socketAddress();
        long used = usedBytes();
        LoopCalls.run(a.loop, () -> flood(kinds, sources, peer));
        assertTrue(usedBytes() - used < MOST_KEPT_BYTES, "bytes that are kept");
        for (DatagramChannel stranger : strangers) {
            assertNull(stranger.receive(ByteBuffer.allocate(2_048)), "an answer");
        }
        assertTrue(a.datagrams.isEmpty());
        exchangeOne(a, z);
        exchangeOne(z, a);
    }

    /** All in one call on the loop: what is counted before and after it is of these datagrams alone. */
    private void flood(byte[][] kinds, List<InetSocketAddress> sources, InetSocketAddress peer) {
        SocketEvents socket = a.gatherer.inbound(0);
        IceTransportStats before = a.transport.stats();
        long refused = 0;
        for (int i = 0; i < DATAGRAMS; i++) {
            int first = i % 256;
            boolean ofPeer = i / 256 % 2 == 0 && !isDtls(first);
            refused += isStun(first) ? 0 : 1;
            socket.onDatagram(ofPeer ? peer : sources.get(i % 8), ByteBuffer.wrap(kinds[first]));
            socket.onEndOfBurst();
        }
        IceTransportStats after = a.transport.stats();
        assertEquals(refused, after.packetsDropped() - before.packetsDropped());
        assertEquals(before.packetsReceived(), after.packetsReceived());
        assertEquals(before.packetsSent(), after.packetsSent());
        assertEquals(before.localCandidates(), after.localCandidates());
        assertEquals(before.remoteCandidates(), after.remoteCandidates());
        assertEquals(messagesSent(before), messagesSent(after));
        assertEquals(before.pairs().size(), after.pairs().size());
    }

    private static long messagesSent(IceTransportStats stats) {
        return stats.pairs().stream()
                .mapToLong(pair -> pair.requestsSent() + pair.responsesSent() + pair.consentRequestsSent())
                .sum();
    }

    private static long usedBytes() {
        System.gc();
        Runtime runtime = Runtime.getRuntime();
        return runtime.totalMemory() - runtime.freeMemory();
    }

    private static void exchangeOne(Peer from, Peer to) throws Exception {
        byte[] datagram = {DTLS_APPLICATION_DATA, 1, 2, 3};
        LoopCalls.run(from.loop, () -> {
            from.transport.write(datagram, 0, datagram.length);
            from.transport.flush();
        });
        assertArrayEquals(datagram, to.datagrams.poll(10, TimeUnit.SECONDS));
    }
}
