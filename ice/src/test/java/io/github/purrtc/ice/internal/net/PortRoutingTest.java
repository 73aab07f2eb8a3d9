package io.github.purrtc.ice.internal.net;

import io.github.purrtc.ice.UnknownUsernameHook;
import io.github.purrtc.ice.UnknownUsernameHook.Decision;
import io.github.purrtc.ice.internal.stun.StunClass;
import io.github.purrtc.ice.internal.stun.StunEncoder;
import io.github.purrtc.ice.internal.stun.TransactionId;
import io.github.purrtc.testing.Await;
import io.netty.channel.epoll.Epoll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

/** Whom a datagram that comes to a shared port is given: A and B are connections on it, Z and Y remote sockets. */
class PortRoutingTest {
    private static final int MOST = 2_048;
    private static final byte[] DATA = {23, 1, 2, 3};

    static Stream<SocketKind> kinds() {
        return Epoll.isAvailable()
                ? Stream.of(SocketKind.nio(MOST), SocketKind.epoll(MOST))
                : Stream.of(SocketKind.nio(MOST));
    }

    private static final class Sink implements DatagramListener {
        final BlockingQueue<byte[]> datagrams = new LinkedBlockingQueue<>();
        final AtomicInteger burstsEnded = new AtomicInteger();
        final AtomicInteger writables = new AtomicInteger();

        @Override
        public void onDatagram(InetSocketAddress source, ByteBuffer datagram) {
            byte[] copy = new byte[datagram.remaining()];
            datagram.get(copy);
            datagrams.add(copy);
        }

        @Override
        public void onEndOfBurst() {
            burstsEnded.incrementAndGet();
        }

        @Override
        public void onWritable() {
            writables.incrementAndGet();
        }

        byte[] next() throws InterruptedException {
            byte[] datagram = datagrams.poll(20, TimeUnit.SECONDS);
            assertNotNull(datagram, "nothing came");
            return datagram;
        }
    }

    /** Two connections of two loops on a port, and two remote sockets. */
    private static final class Stage implements AutoCloseable {
        final SharedPorts ports;
        final Loops loops;
        final Sink atA = new Sink();
        final Sink atB = new Sink();
        final PortShare a;
        final PortShare b;
        final DatagramSocket z = new DatagramSocket(Loops.loopback(0));
        final DatagramSocket y = new DatagramSocket(Loops.loopback(0));

        Stage(SocketKind kind, UnknownUsernameHook hook) throws Exception {
            ports = new SharedPorts(freePort(), 0, hook);
            loops = new Loops(kind, 2, ports);
            a = loops.openShare(0, "aaaa", atA);
            b = loops.openShare(1, "bbbb", atB);
            z.setSoTimeout(20_000);
        }

        private static int freePort() throws IOException {
            try (DatagramSocket socket = new DatagramSocket(Loops.loopback(0))) {
                return socket.getLocalPort();
            }
        }

        void send(DatagramSocket from, byte[] datagram) throws IOException {
            from.send(new DatagramPacket(datagram, datagram.length, a.localAddress()));
        }

        /** The burst that is just being read knows nothing yet of an address's new owner, so each datagram may be the old one's. */
        void sendUntilItComes(byte[] datagram, Sink sink) throws Exception {
            byte[] come = null;
            for (int i = 0; i < 200 && come == null; i++) {
                send(z, datagram);
                come = sink.datagrams.poll(100, TimeUnit.MILLISECONDS);
            }
            assertArrayEquals(datagram, come);
            sink.datagrams.clear();
        }

        /** How many datagrams nobody got, of both loops' sockets. */
        long unclaimed() {
            return a.receiver().datagramsUnclaimed() + b.receiver().datagramsUnclaimed();
        }

        void awaitUnclaimed(long count) {
            Await.until("dropped", () -> unclaimed() >= count);
            assertEquals(count, unclaimed());
        }

        @Override
        public void close() {
            loops.close();
            z.close();
            y.close();
        }
    }

    private static final Random RANDOM = new Random(77);

    private static byte[] request(String username) {
        return new StunEncoder(StunClass.REQUEST, TransactionId.random(RANDOM))
                .priority(1)
                .username(username)
                .fingerprint()
                .toBytes();
    }

    private static byte[] response(TransactionId id) {
        return new StunEncoder(StunClass.SUCCESS, id).fingerprint().toBytes();
    }

    private static InetSocketAddress address(DatagramSocket socket) {
        return new InetSocketAddress(socket.getLocalAddress(), socket.getLocalPort());
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aRequestGoesByItsUsernameWhateverTheAddress(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            stage.loops.run(1, () -> stage.b.onValidated(address(stage.z)));
            byte[] forA = request("aaaa:zzzz");
            byte[] forB = request("bbbb:zzzz");
            // Z -> requests -> A, B
            stage.send(stage.z, forA);
            stage.send(stage.z, forB);
            stage.send(stage.y, forB);
            assertArrayEquals(forA, stage.atA.next());
            assertArrayEquals(forB, stage.atB.next());
            assertArrayEquals(forB, stage.atB.next());
            Await.until(
                    "told of the bursts' ends",
                    () -> stage.atA.burstsEnded.get() == 1 && stage.atB.burstsEnded.get() >= 1);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void dataIsForNobodyBeforeThePeerIsAuthentic(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            stage.send(stage.z, request("aaaa:zzzz"));
            stage.atA.next();
            stage.send(stage.z, DATA);
            stage.awaitUnclaimed(1);
            stage.loops.run(0, () -> stage.a.onAuthenticated(address(stage.z)));
            stage.sendUntilItComes(DATA, stage.atA);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void anAddressIsTakenOverByWhoIsValidatedAndNotByAMereRequest(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            InetSocketAddress z = address(stage.z);
            stage.loops.run(0, () -> stage.a.onValidated(z));
            // the requests of B's peer can be sent with any source address
            stage.loops.run(1, () -> stage.b.onAuthenticated(z));
            stage.send(stage.z, DATA);
            assertArrayEquals(DATA, stage.atA.next());
            // an answer can not
            stage.loops.run(1, () -> stage.b.onValidated(z));
            stage.sendUntilItComes(DATA, stage.atB);
            // what A leaves behind is not B's
            stage.loops.run(0, stage.a::close);
            stage.sendUntilItComes(DATA, stage.atB);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aResponseGoesToWhoHasAskedThoughTheAddressIsAnothers(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            InetSocketAddress z = address(stage.z);
            byte[] request = request("zzzz:aaaa");
            stage.loops.run(1, () -> stage.b.onValidated(z));
            stage.loops.run(0, () -> {
                stage.a.write(request, 0, request.length, z);
                stage.a.write(request, 0, request.length, z);
                stage.a.flush();
            });
            byte[] answer = response(StunPeek.transactionId(request, 0));
            // A -> request -> Z -> response -> A
            DatagramPacket packet = new DatagramPacket(new byte[MOST], MOST);
            stage.z.receive(packet);
            assertEquals(stage.a.localAddress(), packet.getSocketAddress());
            stage.send(stage.z, answer);
            assertArrayEquals(answer, stage.atA.next());
            // and one that nobody waits for goes by the address
            byte[] other = response(new TransactionId(1, 2));
            stage.send(stage.z, other);
            assertArrayEquals(other, stage.atB.next());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whatIsForNobodyIsDroppedAndLeavesNothing(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            int entries = stage.ports.entries();
            List<byte[]> strange = strangeDatagrams();
            for (byte[] datagram : strange) {
                stage.send(stage.z, datagram);
            }
            stage.awaitUnclaimed(strange.size());
            assertEquals(entries, stage.ports.entries());
            stage.z.setSoTimeout(1);
            assertThrows(IOException.class, () -> stage.z.receive(new DatagramPacket(new byte[9], 9)));
        }
    }

    private static List<byte[]> strangeDatagrams() {
        List<byte[]> strange = new ArrayList<>();
        strange.add(request("cccc:aaaa"));
        strange.add(request("aaaaa:zzzz"));
        strange.add(request("aaa"));
        strange.add(request(":aaaa"));
        strange.add(request(""));
        strange.add(request("x".repeat(513)));
        strange.add(new StunEncoder(StunClass.REQUEST, TransactionId.random(RANDOM)).toBytes());
        strange.add(new StunEncoder(StunClass.INDICATION, TransactionId.random(RANDOM))
                .username("aaaa:zzzz")
                .toBytes());
        strange.add(response(TransactionId.random(RANDOM)));
        byte[] whole = request("aaaa:zzzz");
        for (int length = 1; length < 20 + 8 + 4 + 9; length++) {
            strange.add(java.util.Arrays.copyOf(whole, length));
        }
        byte[] noCookie = whole.clone();
        noCookie[4] = 0;
        strange.add(noCookie);
        for (int first = 4; first < 256; first += 7) {
            strange.add(new byte[] {(byte) first, 1, 2, 3});
        }
        return strange;
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void oneConnectionCannotFillTheTables(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            int entries = stage.ports.entries();
            stage.loops.run(0, () -> {
                for (int port = 1; port < 5_000; port++) {
                    InetSocketAddress remote = Loops.loopback(port);
                    stage.a.onAuthenticated(remote);
                    stage.a.onValidated(remote);
                    byte[] request = request("zzzz:aaaa");
                    stage.a.write(request, 0, request.length, Loops.loopback(50_000));
                }
                assertEquals(entries + 2 * 128, stage.ports.entries());
                stage.a.close();
            });
            stage.loops.run(1, stage.b::close);
            assertEquals(0, stage.ports.entries());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFragmentHasOneOwner(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            assertThrows(IOException.class, () -> stage.loops.openShare(1, "aaaa", new Sink()));
            stage.loops.run(0, stage.a::close);
            stage.loops.run(0, stage.a::close);
            assertNotNull(stage.loops.openShare(1, "aaaa", new Sink()));
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void manyBurstsOfManyPeersComeInOrder(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            List<DatagramSocket> remotes = new ArrayList<>();
            List<Sink> sinks = new ArrayList<>();
            try {
                for (int i = 0; i < 16; i++) {
                    Sink sink = new Sink();
                    PortShare share = stage.loops.openShare(i % 2, "frag" + i, sink);
                    DatagramSocket remote = new DatagramSocket(Loops.loopback(0));
                    stage.loops.run(i % 2, () -> share.onValidated(address(remote)));
                    remotes.add(remote);
                    sinks.add(sink);
                }
                for (int round = 0; round < 50; round++) {
                    for (int i = 0; i < 16; i++) {
                        for (int k = 0; k < 4; k++) {
                            stage.send(remotes.get(i), numbered(i, 4 * round + k));
                        }
                    }
                    for (int i = 0; i < 16; i++) {
                        for (int k = 0; k < 4; k++) {
                            assertArrayEquals(
                                    numbered(i, 4 * round + k), sinks.get(i).next());
                        }
                    }
                }
                // 16 addresses over two sockets: one in 32,768 runs would have them all where they belong
                assertTrue(stage.a.receiver().datagramsHandedOver()
                                + stage.b.receiver().datagramsHandedOver()
                        > 0);
            } finally {
                remotes.forEach(DatagramSocket::close);
            }
        }
    }

    private static byte[] numbered(int remote, int number) {
        return ByteBuffer.allocate(1 + remote * 50 + 8)
                .put((byte) 23)
                .putInt(remote)
                .putInt(number)
                .array();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void theHookIsAskedAboutUnknownUsernamesAndMayHoldARequest(SocketKind kind) throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        UnknownUsernameHook hook = (local, remote, source) -> {
            asked.add(local + "|" + remote + "|" + source.getPort());
            if (local.equals("bad1")) {
                throw new IllegalStateException("on purpose");
            }
            return local.equals("cccc") ? Decision.HOLD : Decision.DROP;
        };
        try (Stage stage = new Stage(kind, hook)) {
            int port = stage.z.getLocalPort();
            byte[] held = request("cccc:zzzz");
            for (byte[] datagram : List.of(request("bad1:zzzz"), request("dddd"), held)) {
                stage.send(stage.z, datagram);
            }
            assertEquals("bad1|zzzz|" + port, asked.poll(20, TimeUnit.SECONDS));
            assertEquals("dddd||" + port, asked.poll(20, TimeUnit.SECONDS));
            assertEquals("cccc|zzzz|" + port, asked.poll(20, TimeUnit.SECONDS));
            stage.awaitUnclaimed(3);
            Sink dropped = new Sink();
            stage.loops.openShare(0, "dddd", dropped);
            Sink sink = new Sink();
            stage.loops.openShare(0, "cccc", sink);
            assertArrayEquals(held, sink.next());
            assertNull(dropped.datagrams.poll());
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aFloodOfUnknownUsernamesDoesNotKeepTheHookBusy(SocketKind kind) throws Exception {
        AtomicInteger asked = new AtomicInteger();
        UnknownUsernames unknown = new UnknownUsernames((local, remote, source) -> {
            asked.incrementAndGet();
            return Decision.HOLD;
        });
        FragmentKey key = FragmentKey.probe();
        for (int i = 0; i < 100_000; i++) {
            byte[] name = ("f" + i).getBytes(StandardCharsets.US_ASCII);
            unknown.onRequest(
                    key.set(ByteBuffer.wrap(name), 0, name.length),
                    "z",
                    Loops.loopback(1),
                    ByteBuffer.wrap(request("f:z")));
        }
        int windows = 21; // of a second each, had it taken as long as the test's limit
        assertTrue(asked.get() >= 1_000 && asked.get() <= windows * 1_000, asked::toString);
    }

    @Test
    void ofManyUnknownUsernamesTheFirst256AreHeldAndNoneThatIsLongerThanACheck() throws Exception {
        UnknownUsernames unknown = new UnknownUsernames((local, remote, source) -> Decision.HOLD);
        FragmentKey key = FragmentKey.probe();
        byte[] check = request("f:z");
        hold(unknown, key, "long", new byte[1_281]);
        hold(unknown, key, "full", new byte[1_280]);
        for (int i = 0; i < 500; i++) {
            hold(unknown, key, "f" + i, check);
        }
        try (Loops loops = new Loops(SocketKind.nio(2_048), 1, new SharedPorts(0, 0, null))) {
            Sink sink = new Sink();
            PortShare share = loops.openShare(0, "aaaa", sink);
            for (String name : List.of("long", "full", "f0", "f254", "f255", "f499")) {
                unknown.deliverHeld(FragmentKey.of(name), share);
            }
            assertEquals(1_280, sink.next().length);
            assertArrayEquals(check, sink.next());
            assertArrayEquals(check, sink.next());
            loops.run(0, () -> assertNull(sink.datagrams.poll()));
        }
    }

    private static void hold(UnknownUsernames unknown, FragmentKey key, String name, byte[] request) {
        byte[] bytes = name.getBytes(StandardCharsets.US_ASCII);
        unknown.onRequest(
                key.set(ByteBuffer.wrap(bytes), 0, bytes.length), "z", Loops.loopback(1), ByteBuffer.wrap(request));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void whoFoundNoRoomIsToldOfIt(SocketKind kind) throws Exception {
        try (Stage stage = new Stage(kind, null)) {
            Sink sink = new Sink();
            PortShare other = stage.loops.openShare(0, "cccc", sink);
            stage.loops.run(0, () -> {
                while (stage.a.isWritable(address(stage.z))) {
                    stage.a.write(new byte[1_200], 0, 1_200, address(stage.z));
                }
                assertFalse(other.isWritable(address(stage.z)));
                stage.a.flush();
            });
            Await.until("writable", () -> stage.atA.writables.get() == 1 && sink.writables.get() == 1);
        }
    }

    @Test
    void aPortThatAnotherProgramHasIsRefusedThoughItCouldBeShared() throws Exception {
        try (DatagramSocket taken = new DatagramSocket(null)) {
            taken.setOption(java.net.StandardSocketOptions.SO_REUSEPORT, true);
            taken.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
            SharedPorts ports = new SharedPorts(taken.getLocalPort(), 0, null);
            try (Loops loops = new Loops(SocketKind.nio(MOST), 1, ports)) {
                assertThrows(IOException.class, () -> loops.openShare(0, "aaaa", new Sink()));
            }
        }
    }
}
